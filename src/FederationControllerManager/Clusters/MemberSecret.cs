using System.Text;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;

namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>What the Secret of a cluster holds; the keys are those of a service account's token Secret, of which it may be a copy.</summary>
/// <param name="Token">The bearer token.</param>
/// <param name="CaBundle">PEM of the cluster's certificate authorities, which count where the KubeFedCluster names none; empty where the Secret has none.</param>
internal sealed record MemberSecret(string Token, ReadOnlyMemory<byte> CaBundle)
{
    private const string CaKey = "ca.crt";

    /// <summary>Reads a Secret, or null where it has no token.</summary>
    public static MemberSecret? Read(KubeObject secret)
    {
        var token = Encoding.UTF8.GetString(Decode(secret, FederationNames.TokenKey)).Trim();
        return token.Length == 0 ? null : new MemberSecret(token, Decode(secret, CaKey));
    }

    /// <summary>Never prints the token.</summary>
    public override string ToString() => "MemberSecret(...)";

    private static byte[] Decode(KubeObject secret, string key)
    {
        var encoded = secret.GetString("data", key) ?? "";
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var count) ? bytes[..count] : [];
    }
}
