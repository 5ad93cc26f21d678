using System.Reflection;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Yaml;

namespace KubeFed.FederationApis.Crds;

/// <summary>The definitions of the federation's own types, from the files of <c>crds/</c>, which this assembly carries.</summary>
public static class CrdCatalog
{
    private const string RulesField = "x-kubernetes-validations";
    private static readonly Assembly Resources = typeof(CrdCatalog).Assembly;

    /// <summary>The first Kubernetes version whose definitions may carry validation rules (CEL).</summary>
    public static Version FirstWithValidationRules { get; } = new(1, 25);

    /// <summary>
    /// The CustomResourceDefinitions for a server, sorted by name. What an older server would refuse is left out: there the
    /// structural schema and the admission webhook are all the validation.
    /// </summary>
    /// <param name="serverVersion">Major and minor version of Kubernetes.</param>
    public static IReadOnlyList<KubeObject> Load(Version serverVersion) =>
    [
        .. Resources.GetManifestResourceNames()
            .Where(static name => name.StartsWith("crds/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => KubeObject.FromNode(ForServer(Read(name), serverVersion))),
    ];

    /// <summary>A fresh tree of a file that this assembly carries.</summary>
    internal static JsonObject Read(string resource)
    {
        using var stream = Resources.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not part of the assembly");
        using var reader = new StreamReader(stream);
        return KubeYaml.ToJson(reader.ReadToEnd())!.AsObject();
    }

    internal static JsonNode ForServer(JsonNode definition, Version serverVersion)
    {
        if (serverVersion < FirstWithValidationRules)
        {
            Strip(definition);
        }

        return definition;
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Strip(item);
            }
        }
        else if (node is JsonObject members)
        {
            members.Remove(RulesField);
            foreach (var (_, value) in members)
            {
                Strip(value);
            }
        }
    }
}
