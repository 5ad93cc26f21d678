using KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;
using KubeFed.ApiServerRuntime.Storage.Etcd.Wire;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>The methods of etcd that the storage calls.</summary>
internal static class EtcdMethods
{
    public static readonly GrpcMethod<RangeRequest, RangeResponse> Range = new("/etcdserverpb.KV/Range", RangeResponse.Parser);

    public static readonly GrpcMethod<TxnRequest, TxnResponse> Txn = new("/etcdserverpb.KV/Txn", TxnResponse.Parser);

    public static readonly GrpcMethod<CompactionRequest, CompactionResponse> Compact =
        new("/etcdserverpb.KV/Compact", CompactionResponse.Parser);

    public static readonly GrpcMethod<WatchRequest, WatchResponse> Watch = new("/etcdserverpb.Watch/Watch", WatchResponse.Parser);

    public static readonly GrpcMethod<LeaseGrantRequest, LeaseGrantResponse> LeaseGrant =
        new("/etcdserverpb.Lease/LeaseGrant", LeaseGrantResponse.Parser);

    public static readonly GrpcMethod<AuthenticateRequest, AuthenticateResponse> Authenticate =
        new("/etcdserverpb.Auth/Authenticate", AuthenticateResponse.Parser);
}
