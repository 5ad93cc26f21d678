using System.Text;
using Google.Protobuf;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>The storage's keys as etcd has them.</summary>
internal sealed class EtcdKeys(string prefix)
{
    private readonly ByteString _end = After(prefix + "/");

    /// <summary>
    /// Written with every object, so that its revision is that of the last write of any replica. A tilde sorts behind everything that
    /// follows the prefix with a slash: the marker is in no watched or listed range.
    /// </summary>
    public ByteString Marker { get; } = ByteString.CopyFromUtf8(prefix + "~revision");

    /// <summary>Where the range of all objects begins.</summary>
    public ByteString Start { get; } = ByteString.CopyFromUtf8(prefix + "/");

    /// <summary>Where the range of all objects ends.</summary>
    public ByteString End => _end;

    public ByteString ToEtcd(string key) => ByteString.CopyFromUtf8(prefix + key);

    public string FromEtcd(ByteString key) => Encoding.UTF8.GetString(key.Span[prefix.Length..]);

    /// <summary>The end of the range of a prefix.</summary>
    public ByteString EndOf(string keyPrefix) => keyPrefix.Length <= 1 ? _end : After(prefix + keyPrefix);

    // Keys are ASCII: the last byte can be raised without a carry.
    private static ByteString After(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes[^1]++;
        return ByteString.CopyFrom(bytes);
    }
}
