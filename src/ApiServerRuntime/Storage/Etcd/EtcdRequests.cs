using Google.Protobuf;
using KubeFed.ApiServerRuntime.Storage.Etcd.Wire;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>Puts together etcd's messages.</summary>
internal static class EtcdRequests
{
    public static Compare AtRevision(ByteString key, long revision) => new()
    {
        Key = key,
        Result = Compare.Types.CompareResult.Equal,
        Target = Compare.Types.CompareTarget.Mod,
        ModRevision = revision,
    };

    public static Compare AtVersion(ByteString key, long version) => new()
    {
        Key = key,
        Result = Compare.Types.CompareResult.Equal,
        Target = Compare.Types.CompareTarget.Version,
        Version = version,
    };

    public static RequestOp Put(ByteString key, ReadOnlyMemory<byte> value, long lease = 0) => new()
    {
        RequestPut = new PutRequest { Key = key, Value = UnsafeByteOperations.UnsafeWrap(value), Lease = lease },
    };

    public static RequestOp Delete(ByteString key) => new() { RequestDeleteRange = new DeleteRangeRequest { Key = key } };

    public static RequestOp Get(ByteString key) => new() { RequestRange = new RangeRequest { Key = key } };
}
