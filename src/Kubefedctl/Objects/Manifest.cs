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
    public static JsonObject WithLabel(this JsonObject manifest, string key, string value)
    {
        var metadata = manifest["metadata"]!.AsObject();
        if (metadata["labels"] is not JsonObject labels)
        {
            metadata["labels"] = labels = [];
        }

        labels[key] = value;
        return manifest;
    }

    public static JsonArray List(params ReadOnlySpan<string> items)
    {
        var list = new JsonArray();
        foreach (var item in items)
        {
            list.Add((JsonNode)item);
        }

        return list;
    }

    /// <summary>An object's name as kubectl prints it: <c>kind.group/name</c>.</summary>
    public static string Title(this KubeObject value)
    {
        var kind = value.Kind.ToLowerInvariant();
        var group = value.GroupVersionKind.Group;
        return group.Length == 0 ? $"{kind}/{value.Metadata.Name}" : $"{kind}.{group}/{value.Metadata.Name}";
    }
}
