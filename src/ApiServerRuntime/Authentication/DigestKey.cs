using System.Security.Cryptography;
using System.Text;

namespace KubeFed.ApiServerRuntime.Authentication;

/// <summary>Stands for a secret as the key of a cache: a digest under a key that lives and dies with the process.</summary>
internal sealed class DigestKey
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string Of(string secret) => Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(secret)));
}
