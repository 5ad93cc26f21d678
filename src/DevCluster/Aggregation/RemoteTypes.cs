using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.DevClusters.Aggregation;

/// <summary>The types that another server serves, of its discovery, so that they are among the cluster's own in discovery.</summary>
internal static class RemoteTypes
{
    /// <summary>Reads an APIResourceList.</summary>
    public static IReadOnlyList<ResourceType> Read(GroupVersion version, byte[] list)
    {
        var resources = (JsonNode.Parse(list)?["resources"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var names = resources.Select(static resource => (string?)resource["name"]).ToHashSet(StringComparer.Ordinal);
        return [.. resources.Where(static resource => !((string?)resource["name"] ?? "/").Contains('/', StringComparison.Ordinal)).Select(resource => Read(version, resource, names))];
    }

    private static ResourceType Read(GroupVersion version, JsonObject resource, HashSet<string?> names)
    {
        string plural = (string)resource["name"]!;
        string kind = (string?)resource["kind"] ?? plural;
        return new ResourceType
        {
            Group = version.Group,
            Plural = plural,
            Singular = (string?)resource["singularName"] ?? string.Empty,
            Kind = kind,
            ListKind = kind + "List",
            ShortNames = Texts(resource["shortNames"]),
            Categories = Texts(resource["categories"]),
            Scope = resource["namespaced"]?.GetValue<bool>() == true ? ResourceScope.Namespaced : ResourceScope.Cluster,
            StorageVersion = version.Version,
            DefinitionUid = "aggregated",
            IsForwarded = true,
            Versions =
            [
                new ResourceTypeVersion
                {
                    Name = version.Version,
                    Schema = StructuralSchema.Unknown,
                    HasStatus = names.Contains(plural + "/status"),
                    Scale = names.Contains(plural + "/scale") ? new ScaleSubresource(".spec.replicas", ".status.replicas", null) : null,
                    Verbs = Texts(resource["verbs"]),
                },
            ],
        };
    }

    private static string[] Texts(JsonNode? list) => [.. (list as JsonArray ?? []).Select(static item => (string)item!)];
}
