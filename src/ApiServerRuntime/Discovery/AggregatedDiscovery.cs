using System.Text.Json;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiServerRuntime.Discovery;

/// <summary>Writes aggregated discovery: all groups, versions and resources in one document (apidiscovery.k8s.io).</summary>
internal static class AggregatedDiscovery
{
    public static byte[] Write(IEnumerable<DiscoveryGroup> groups, string apiVersion) => JsonBytes.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, "APIGroupDiscoveryList"u8);
        json.WriteString("apiVersion"u8, $"apidiscovery.k8s.io/{apiVersion}");
        json.WriteStartObject("metadata"u8);
        json.WriteEndObject();
        json.WriteStartArray("items"u8);
        foreach (DiscoveryGroup group in groups)
        {
            WriteGroup(json, group);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteGroup(Utf8JsonWriter json, DiscoveryGroup group)
    {
        json.WriteStartObject();
        json.WriteStartObject("metadata"u8);
        if (group.Name.Length > 0)
        {
            json.WriteString("name"u8, group.Name);
        }

        json.WriteEndObject();
        json.WriteStartArray("versions"u8);
        foreach (DiscoveryVersion version in group.Versions)
        {
            json.WriteStartObject();
            json.WriteString("version"u8, version.Name);
            json.WriteStartArray("resources"u8);
            foreach (IGrouping<string, DiscoveryResource> resource in version.Resources.GroupBy(resource => resource.Name))
            {
                WriteResource(json, [.. resource]);
            }

            json.WriteEndArray();
            json.WriteString("freshness"u8, "Current"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter json, DiscoveryResource[] entries)
    {
        DiscoveryResource resource = entries[0];
        json.WriteStartObject();
        json.WriteString("resource"u8, resource.Name);
        WriteKind(json, resource.Kind);
        json.WriteString("scope"u8, resource.Namespaced ? "Namespaced"u8 : "Cluster"u8);
        json.WriteString("singularResource"u8, resource.Singular);
        JsonBytes.WriteStrings(json, "verbs", resource.Verbs, always: true);
        JsonBytes.WriteStrings(json, "shortNames", resource.ShortNames);
        JsonBytes.WriteStrings(json, "categories", resource.Categories);
        if (entries.Length > 1)
        {
            json.WriteStartArray("subresources"u8);
            foreach (DiscoveryResource subresource in entries.AsSpan(1))
            {
                json.WriteStartObject();
                json.WriteString("subresource"u8, subresource.Subresource);
                WriteKind(json, subresource.Kind);
                JsonBytes.WriteStrings(json, "verbs", subresource.Verbs, always: true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteKind(Utf8JsonWriter json, GroupVersionKind kind)
    {
        json.WriteStartObject("responseKind"u8);
        json.WriteString("group"u8, kind.Group);
        json.WriteString("version"u8, kind.Version);
        json.WriteString("kind"u8, kind.Kind);
        json.WriteEndObject();
    }
}
