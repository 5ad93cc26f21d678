using System.Security.Cryptography;

namespace KubeFed.ApiServerRuntime.Discovery;

/// <summary>A discovery answer that is ready to be sent.</summary>
/// <param name="Json">The compact JSON.</param>
/// <param name="ETag">The quoted hash of it, for aggregated documents; null for the others.</param>
internal sealed record DiscoveryDocument(ReadOnlyMemory<byte> Json, string? ETag = null)
{
    public static DiscoveryDocument Tagged(ReadOnlyMemory<byte> json) =>
        new(json, $"\"{Convert.ToHexString(SHA512.HashData(json.Span))}\"");
}
