using KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>One member, and what is remembered of its health. Guarded by the lock of <see cref="EtcdEndpoints"/>.</summary>
internal sealed class EtcdEndpoint(Uri address)
{
    public Uri Address { get; } = address;

    public bool IsUp { get; set; } = true;

    /// <summary>Whether a call is finding out if the member is back.</summary>
    public bool IsProbed { get; set; }

    public int Failures { get; set; }

    public long FailedAt { get; set; }

    public long SucceededAt { get; set; } = long.MinValue;

    public GrpcException? LastError { get; set; }
}
