using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Aggregation;

/// <summary>What an APIService says of the server behind it.</summary>
internal sealed record ApiServiceSpec(string Name, GroupVersion GroupVersion, string ServiceNamespace, string ServiceName, int Port, byte[] CaBundle, bool InsecureSkipTlsVerify)
{
    private const int DefaultPort = 443;

    /// <summary>Reads an APIService; null for one without a service, which the cluster serves itself.</summary>
    public static ApiServiceSpec? Read(KubeObject item)
    {
        if (item.GetNode("spec", "service") is not JsonObject service)
        {
            return null;
        }

        return new ApiServiceSpec(
            item.Metadata.Name,
            new GroupVersion(item.GetString("spec", "group") ?? string.Empty, item.GetString("spec", "version") ?? string.Empty),
            (string?)service["namespace"] ?? "default",
            (string?)service["name"] ?? string.Empty,
            service["port"] is JsonValue port && port.TryGetValue(out int number) ? number : DefaultPort,
            Convert.FromBase64String(item.GetString("spec", "caBundle") ?? string.Empty),
            item.GetNode("spec", "insecureSkipTLSVerify") is JsonValue skip && skip.TryGetValue(out bool skipped) && skipped);
    }

    /// <summary>Whether two say the same.</summary>
    public bool IsSame(ApiServiceSpec other) => this with { CaBundle = other.CaBundle } == other && CaBundle.AsSpan().SequenceEqual(other.CaBundle);
}
