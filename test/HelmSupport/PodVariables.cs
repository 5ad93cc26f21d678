using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.HelmSupport;

/// <summary>The variables of a container, and the references to them in its arguments.</summary>
internal sealed partial class PodVariables
{
    private readonly Dictionary<string, string?> _values = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string?> Values => _values;

    /// <summary>Reads the variables of a container.</summary>
    public static async Task<PodVariables> ReadAsync(IResourceReader client, string @namespace, string pod, JsonNode container)
    {
        var variables = new PodVariables();
        foreach (var variable in container["env"] as JsonArray ?? [])
        {
            variables._values[(string)variable!["name"]!] = await ValueAsync(client, @namespace, pod, variable);
        }

        return variables;
    }

    /// <summary>Puts values in the place of <c>$(NAME)</c>.</summary>
    public string Expand(string argument) => Reference().Replace(argument, m => _values.GetValueOrDefault(m.Groups["name"].Value) ?? m.Value);

    private static async Task<string> ValueAsync(IResourceReader client, string @namespace, string pod, JsonNode variable)
    {
        if (variable["valueFrom"] is not { } source)
        {
            return (string?)variable["value"] ?? "";
        }

        if (source["secretKeyRef"] is { } reference)
        {
            var secret = await client.GetAsync(PodVolumes.Secrets, new NamespacedName(@namespace, (string)reference["name"]!));
            return Encoding.UTF8.GetString(Convert.FromBase64String(secret.GetString("data", (string)reference["key"]!)!));
        }

        return (string?)source["fieldRef"]?["fieldPath"] switch
        {
            "metadata.namespace" => @namespace,
            "metadata.name" => pod,
            var path => throw new AssertionException($"nothing here knows what a container's variable from {path} is"),
        };
    }

    [GeneratedRegex(@"\$\((?<name>[A-Za-z_][A-Za-z0-9_]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
