using System.Text.Json;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiServerRuntime.Discovery;

/// <summary>Writes discovery as it was before aggregated discovery: a document for each path.</summary>
internal static class LegacyDiscovery
{
    public static byte[] ApiVersions(DiscoveryGroup core) => JsonBytes.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, "APIVersions"u8);
        JsonBytes.WriteStrings(json, "versions", [.. core.Versions.Select(version => version.Name)], always: true);
        json.WriteStartArray("serverAddressByClientCIDRs"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static byte[] GroupList(IEnumerable<DiscoveryGroup> groups) => JsonBytes.Write(json =>
    {
        Start(json, "APIGroupList");
        json.WriteStartArray("groups"u8);
        foreach (DiscoveryGroup group in groups)
        {
            json.WriteStartObject();
            WriteGroup(json, group);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static byte[] Group(DiscoveryGroup group) => JsonBytes.Write(json =>
    {
        Start(json, "APIGroup");
        WriteGroup(json, group);
        json.WriteEndObject();
    });

    public static byte[] ResourceList(DiscoveryGroup group, DiscoveryVersion version) => JsonBytes.Write(json =>
    {
        var groupVersion = new GroupVersion(group.Name, version.Name);
        Start(json, "APIResourceList");
        json.WriteString("groupVersion"u8, groupVersion.ToString());
        json.WriteStartArray("resources"u8);
        foreach (DiscoveryResource resource in version.Resources)
        {
            WriteResource(json, groupVersion, resource);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Start(Utf8JsonWriter json, string kind)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, kind);
        json.WriteString("apiVersion"u8, "v1"u8);
    }

    private static void WriteGroup(Utf8JsonWriter json, DiscoveryGroup group)
    {
        json.WriteString("name"u8, group.Name);
        json.WriteStartArray("versions"u8);
        foreach (DiscoveryVersion version in group.Versions)
        {
            WriteVersion(json, group, version);
        }

        json.WriteEndArray();
        json.WritePropertyName("preferredVersion"u8);
        WriteVersion(json, group, group.Versions[0]);
    }

    private static void WriteVersion(Utf8JsonWriter json, DiscoveryGroup group, DiscoveryVersion version)
    {
        json.WriteStartObject();
        json.WriteString("groupVersion"u8, new GroupVersion(group.Name, version.Name).ToString());
        json.WriteString("version"u8, version.Name);
        json.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter json, GroupVersion groupVersion, DiscoveryResource resource)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, resource.Subresource.Length == 0 ? resource.Name : $"{resource.Name}/{resource.Subresource}");
        json.WriteString("singularName"u8, resource.Singular);
        json.WriteBoolean("namespaced"u8, resource.Namespaced);
        if (resource.Kind.GroupVersion != groupVersion)
        {
            if (resource.Kind.Group.Length > 0)
            {
                json.WriteString("group"u8, resource.Kind.Group);
            }

            json.WriteString("version"u8, resource.Kind.Version);
        }

        json.WriteString("kind"u8, resource.Kind.Kind);
        JsonBytes.WriteStrings(json, "verbs", resource.Verbs, always: true);
        JsonBytes.WriteStrings(json, "shortNames", resource.ShortNames);
        JsonBytes.WriteStrings(json, "categories", resource.Categories);
        if (resource.StorageVersionHash is { } hash)
        {
            json.WriteString("storageVersionHash"u8, hash);
        }

        json.WriteEndObject();
    }
}
