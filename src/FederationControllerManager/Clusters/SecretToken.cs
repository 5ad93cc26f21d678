using System.Text;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;

namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>The bearer token in the Secret of a cluster.</summary>
internal static class SecretToken
{
    /// <summary>Reads the token, or null where the Secret has none or holds no base64.</summary>
    public static string? Read(KubeObject secret)
    {
        if (secret.GetString("data", FederationNames.TokenKey) is not { Length: > 0 } encoded)
        {
            return null;
        }

        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var count) && count > 0
            ? Encoding.UTF8.GetString(bytes, 0, count).Trim()
            : null;
    }
}
