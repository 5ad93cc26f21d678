namespace KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;

/// <summary>A call that did not end with OK.</summary>
internal sealed class GrpcException(GrpcStatusCode code, string detail, Exception? inner = null)
    : Exception($"{code}: {detail}", inner)
{
    public GrpcStatusCode Code { get; } = code;

    public string Detail { get; } = detail;

    /// <summary>Whether the server itself gave this answer; else it was made up here from what became of the connection.</summary>
    public bool FromServer { get; init; }

    /// <summary>Whether the server cannot have begun to work on the request, so that it may be sent again whatever it asks for.</summary>
    public bool NeverSent { get; init; }
}
