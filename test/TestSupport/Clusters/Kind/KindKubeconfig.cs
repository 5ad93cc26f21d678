using System.Text;
using System.Text.RegularExpressions;
using KubeFed.TestSupport.Pki;

namespace KubeFed.TestSupport.Clusters.Kind;

/// <summary>Reads the four values of a kubeconfig as kind writes it: one cluster, one user, everything inline, one value a line.</summary>
internal static partial class KindKubeconfig
{
    /// <exception cref="ClusterException">A value is missing.</exception>
    public static ClusterAccess Read(string yaml) => new(
        new Uri(Value(yaml, "server") + "/"),
        Decode(yaml, "certificate-authority-data"),
        new IssuedCertificate(Decode(yaml, "client-certificate-data"), Decode(yaml, "client-key-data")));

    private static string Decode(string yaml, string key) => Encoding.UTF8.GetString(Convert.FromBase64String(Value(yaml, key)));

    private static string Value(string yaml, string key)
    {
        foreach (Match match in Lines().Matches(yaml))
        {
            if (match.Groups["key"].Value == key)
            {
                return match.Groups["value"].Value;
            }
        }

        throw new ClusterException($"kind's kubeconfig has no {key}");
    }

    [GeneratedRegex(@"^[ -]*(?<key>[a-z-]+):[ ]*(?<value>\S+)[ ]*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Lines();
}
