using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>What a service account token says of itself. It is read, not verified: only the member can do that.</summary>
/// <param name="Account">The service account.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record ServiceAccountToken(NamespacedName Account, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    private const string SubjectPrefix = "system:serviceaccount:";

    /// <summary>Reads a token; null where it is none of a service account, or never ends.</summary>
    public static ServiceAccountToken? TryRead(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || token.Length > 64 * 1024)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(Base64Url.DecodeFromChars(parts[1])) is JsonObject claims ? Read(claims) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private static ServiceAccountToken? Read(JsonObject claims)
    {
        if (claims["sub"] is not JsonValue subject || !subject.TryGetValue<string>(out var name)
            || !name.StartsWith(SubjectPrefix, StringComparison.Ordinal)
            || name[SubjectPrefix.Length..].Split(':') is not [var @namespace, var account]
            || ReadTime(claims["exp"]) is not { } expires)
        {
            return null;
        }

        return new ServiceAccountToken(new NamespacedName(@namespace, account), ReadTime(claims["iat"]) ?? DateTimeOffset.UnixEpoch, expires);
    }

    private static DateTimeOffset? ReadTime(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<long>(out var seconds) && seconds is > 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
