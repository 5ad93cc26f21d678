using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Controllers.Machinery;

/// <summary>Pods as their owners' templates describe them.</summary>
internal static class PodBuilding
{
    /// <summary>A new pod, controlled by the owner, whose name the server is to complete.</summary>
    public static JsonObject FromTemplate(KubeObject owner) => FromTemplate(owner, owner.GetNode("spec", "template")!.AsObject());

    /// <summary>A new pod of a template, controlled by the owner, whose name the server is to complete.</summary>
    public static JsonObject FromTemplate(KubeObject owner, JsonObject template)
    {
        var metadata = new JsonObject
        {
            ["generateName"] = owner.Metadata.Name + "-",
            ["namespace"] = owner.Metadata.Namespace,
            ["ownerReferences"] = Ownership.ReferenceTo(owner),
        };
        foreach (var member in (string[])["labels", "annotations", "finalizers"])
        {
            if (template["metadata"]?[member] is { } value)
            {
                metadata[member] = value.DeepClone();
            }
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = metadata,
            ["spec"] = template["spec"]?.DeepClone() ?? new JsonObject(),
        };
    }

    /// <summary>Gives a pod a name of its own in place of a generated one.</summary>
    public static JsonObject Named(this JsonObject pod, string name)
    {
        var metadata = pod["metadata"]!.AsObject();
        metadata["name"] = name;
        return pod;
    }

    /// <summary>Sets a label of a pod or a template.</summary>
    public static JsonObject Labelled(this JsonObject pod, string key, string value) => pod.Put(value, "metadata", "labels", key);

    /// <summary>Sets a value in a tree, making the objects on the way.</summary>
    public static JsonObject Put(this JsonObject root, JsonNode? value, params ReadOnlySpan<string> path)
    {
        var parent = root;
        foreach (var name in path[..^1])
        {
            if (parent[name] is not JsonObject next)
            {
                parent[name] = next = [];
            }

            parent = next;
        }

        parent[path[^1]] = value;
        return root;
    }
}
