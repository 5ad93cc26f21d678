using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Authentication.Tokens;

/// <summary>What a service account's token says, as kube-apiserver's tokens do.</summary>
internal sealed record ServiceAccountClaims
{
    public const string UserPrefix = "system:serviceaccount:";

    public required string Issuer { get; init; }

    public required IReadOnlyList<string> Audiences { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public required string Id { get; init; }

    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required string Uid { get; init; }

    public BoundObject? Bound { get; init; }

    public string User => $"{UserPrefix}{Namespace}:{Name}";

    public byte[] Write()
    {
        var kubernetes = new JsonObject { ["namespace"] = Namespace };
        if (Bound is { } bound)
        {
            kubernetes[bound.Kind.ToLowerInvariant()] = new JsonObject { ["name"] = bound.Name, ["uid"] = bound.Uid };
        }

        kubernetes["serviceaccount"] = new JsonObject { ["name"] = Name, ["uid"] = Uid };
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["aud"] = JsonStrings.Write(Audiences),
            ["exp"] = Expires.ToUnixTimeSeconds(),
            ["iat"] = IssuedAt.ToUnixTimeSeconds(),
            ["iss"] = Issuer,
            ["jti"] = Id,
            ["kubernetes.io"] = kubernetes,
            ["nbf"] = NotBefore.ToUnixTimeSeconds(),
            ["sub"] = User,
        });
    }

    /// <summary>Reads claims; null when they are not whole.</summary>
    public static ServiceAccountClaims? Read(ReadOnlyMemory<byte> json)
    {
        if (Parse(json) is not { } root || root["kubernetes.io"] is not JsonObject kubernetes || kubernetes["serviceaccount"] is not JsonObject account
            || Time(root, "exp") is not { } expires || Time(root, "iat") is not { } issued || Time(root, "nbf") is not { } notBefore)
        {
            return null;
        }

        var claims = new ServiceAccountClaims
        {
            Issuer = Tree.Text(root, "iss"),
            Audiences = JsonStrings.Read(root["aud"]),
            IssuedAt = issued,
            NotBefore = notBefore,
            Expires = expires,
            Id = Tree.Text(root, "jti"),
            Namespace = Tree.Text(kubernetes, "namespace"),
            Name = Tree.Text(account, "name"),
            Uid = Tree.Text(account, "uid"),
            Bound = BoundIn(kubernetes, "Secret") ?? BoundIn(kubernetes, "Pod"),
        };
        return claims.Namespace.Length > 0 && claims.Name.Length > 0 && claims.Uid.Length > 0 && Tree.Text(root, "sub") == claims.User ? claims : null;
    }

    /// <summary>The issuer that claims name; empty when they cannot be read.</summary>
    public static string IssuerOf(ReadOnlyMemory<byte> json) => Parse(json) is { } root ? Tree.Text(root, "iss") : string.Empty;

    private static JsonObject? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return KubeJson.Parse(json) as JsonObject;
        }
        catch (JsonFormatException)
        {
            return null;
        }
    }

    private static BoundObject? BoundIn(JsonObject kubernetes, string kind) =>
        kubernetes[kind.ToLowerInvariant()] is JsonObject bound ? new BoundObject(kind, Tree.Text(bound, "name"), Tree.Text(bound, "uid")) : null;

    private static DateTimeOffset? Time(JsonObject root, string name) =>
        root[name] is JsonValue value && value.TryGetValue(out long seconds) && seconds is >= 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
