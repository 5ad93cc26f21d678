using KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>etcd tells its errors apart by their texts, which its clients rely on; this is where ours does.</summary>
internal static class EtcdErrors
{
    private const string Compacted = "etcdserver: mvcc: required revision has been compacted";
    private const string Future = "etcdserver: mvcc: required revision is a future revision";
    private const string NoSpace = "etcdserver: mvcc: database space exceeded";
    private const string TooLarge = "etcdserver: request is too large";
    private const string MessageTooLarge = "larger than max";
    private const string TooManyRequests = "etcdserver: too many requests";
    private const string NoLeader = "etcdserver: no leader";
    private const string LeaseNotFound = "etcdserver: requested lease not found";
    private const string InvalidToken = "etcdserver: invalid auth token";
    private const string NoUser = "etcdserver: user name is empty";
    private const string AuthenticationOff = "etcdserver: authentication is not enabled";
    private const string OldAuthRevision = "etcdserver: revision of auth store is old";

    public static bool IsCompacted(GrpcException e) => Says(e, Compacted);

    public static bool IsFuture(GrpcException e) => Says(e, Future);

    public static bool IsLeaseNotFound(GrpcException e) => Says(e, LeaseNotFound);

    /// <summary>Whether a new token may help. The request was not carried out.</summary>
    public static bool IsTokenRefused(GrpcException e) =>
        e.FromServer
        && (e.Code == GrpcStatusCode.Unauthenticated || Says(e, InvalidToken) || Says(e, NoUser) || Says(e, OldAuthRevision));

    public static bool IsAuthenticationOff(GrpcException e) => Says(e, AuthenticationOff);

    /// <summary>Whether another member may do better. Whether the request was carried out, <see cref="WasNotRun"/> tells.</summary>
    public static bool IsUnavailable(GrpcException e) => e.Code is GrpcStatusCode.Unavailable or GrpcStatusCode.DeadlineExceeded;

    /// <summary>Whether the request has certainly not been carried out, and so may be sent to another member, a write too.</summary>
    public static bool WasNotRun(GrpcException e) => e.NeverSent || Says(e, NoLeader);

    /// <summary>Whether an answer too long for this side was the reason.</summary>
    public static bool IsAnswerTooLong(GrpcException e) => e is { Code: GrpcStatusCode.ResourceExhausted, FromServer: false };

    /// <summary>The failure as callers of the storage know it.</summary>
    public static Exception ToStorage(GrpcException e)
    {
        if (Says(e, NoSpace))
        {
            return new StorageFullException("etcd's database has reached its space quota; compact and defragment it, or raise the quota", e);
        }

        if (Says(e, TooLarge) || (e.Code == GrpcStatusCode.ResourceExhausted && Says(e, MessageTooLarge)))
        {
            return new ValueTooLargeException("the object is larger than etcd takes (its limit is 1.5 MiB unless configured otherwise)", e);
        }

        return Says(e, TooManyRequests)
            ? new StorageUnavailableException("etcd cannot take more requests now", e)
            : new StorageUnavailableException($"etcd failed: {e.Detail} ({e.Code})", e);
    }

    private static bool Says(GrpcException e, string text) => e.FromServer && e.Detail.Contains(text, StringComparison.Ordinal);
}
