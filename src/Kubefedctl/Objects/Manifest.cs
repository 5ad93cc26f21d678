using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.Kubefedctl.Objects;

/// <summary>Begins objects as trees.</summary>
internal static class Manifest
{
    /// <summary>An object with apiVersion, kind and metadata; an empty namespace or name is left out.</summary>
    public static JsonObject Begin(string apiVersion, string kind, string @namespace, string name)
    {
        var metadata = new JsonObject();
        if (name.Length > 0)
        {
            metadata["name"] = name;
        }

        if (@namespace.Length > 0)
        {
            metadata["namespace"] = @namespace;
        }

        return new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = metadata };
    }

    /// <summary>The same object with a label.</summary>
    public static JsonObject WithLabel(this JsonObject manifest, string key, string value) => manifest.With("labels", key, value);

    /// <summary>The same object with an annotation.</summary>
    public static JsonObject WithAnnotation(this JsonObject manifest, string key, string value) => manifest.With("annotations", key, value);

    public static JsonArray List(params ReadOnlySpan<string> items)
    {
        var list = new JsonArray();
        foreach (var item in items)
        {
            list.Add((JsonNode)item);
        }

        return list;
    }

    /// <summary>An object's name as kubectl prints it: <c>kind.group/name</c>; <c>begin*</c> for a name yet to be generated.</summary>
    public static string Title(this KubeObject value)
    {
        var kind = value.Kind.ToLowerInvariant();
        var group = value.GroupVersionKind.Group;
        var name = value.Metadata.Name.Length > 0 ? value.Metadata.Name : $"{value.Metadata.GenerateName}*";
        return group.Length == 0 ? $"{kind}/{name}" : $"{kind}.{group}/{name}";
    }

    private static JsonObject With(this JsonObject manifest, string map, string key, string value)
    {
        var metadata = manifest["metadata"]!.AsObject();
        if (metadata[map] is not JsonObject entries)
        {
            metadata[map] = entries = [];
        }

        entries[key] = value;
        return manifest;
    }
}
