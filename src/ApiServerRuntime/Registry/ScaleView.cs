using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Selectors;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>An object seen through its scale subresource, as <c>autoscaling/v1</c> Scale.</summary>
internal static class ScaleView
{
    public const string ApiVersion = "autoscaling/v1";

    public const string Kind = "Scale";

    /// <summary>The scale of an object.</summary>
    /// <exception cref="StatusException">500: the object has no wanted number.</exception>
    public static KubeObject Of(ResourceContext context, KubeObject @object)
    {
        var scale = context.Version.Scale!;
        var root = new JsonObject
        {
            ["kind"] = Kind,
            ["apiVersion"] = ApiVersion,
            ["metadata"] = Metadata(@object.Metadata),
            ["spec"] = new JsonObject(),
            ["status"] = new JsonObject { ["replicas"] = Number(@object, scale.StatusReplicasPath) ?? 0 },
        };
        long replicas = Number(@object, scale.SpecReplicasPath)
            ?? throw StatusErrors.InternalError($"the spec replicas field \"{scale.SpecReplicasPath}\" does not exist");
        if (replicas != 0)
        {
            root["spec"]!["replicas"] = replicas;
        }

        if (scale.LabelSelectorPath is { } path && SelectorOf(@object, path) is { Length: > 0 } selector)
        {
            root["status"]!["selector"] = selector;
        }

        return KubeObject.FromNode(root);
    }

    /// <summary>The wanted number of a Scale; 0 when it is left out.</summary>
    /// <exception cref="StatusException">400: it is no whole number.</exception>
    public static long Replicas(JsonObject root)
    {
        var node = (root["spec"] as JsonObject)?["replicas"];
        return node switch
        {
            null => 0,
            JsonValue value when value.TryGetValue(out long number) && number is >= int.MinValue and <= int.MaxValue => number,
            _ => throw StatusErrors.BadRequest(
                "Scale in version \"v1\" cannot be handled as a Scale: json: cannot unmarshal into Go struct field ScaleSpec.spec.replicas of type int32"),
        };
    }

    /// <summary>Sets the wanted number of an object.</summary>
    public static void SetReplicas(JsonObject root, ScaleSubresource scale, long replicas)
    {
        string[] path = Segments(scale.SpecReplicasPath);
        var parent = root;
        foreach (string name in path.AsSpan(0, path.Length - 1))
        {
            if (parent[name] is not JsonObject child)
            {
                parent[name] = child = [];
            }

            parent = child;
        }

        MetadataRules.SetLong(parent, path[^1], replicas);
    }

    private static JsonObject Metadata(ObjectMeta meta)
    {
        var metadata = new JsonObject { ["name"] = meta.Name };
        Tree.SetText(metadata, "namespace", meta.Namespace);
        Tree.SetText(metadata, "uid", meta.Uid);
        Tree.SetText(metadata, "resourceVersion", meta.ResourceVersion);
        Tree.SetTime(metadata, "creationTimestamp", meta.CreationTimestamp);
        return metadata;
    }

    // A built-in type has the selector itself there and not its text.
    private static string? SelectorOf(KubeObject @object, string path) => @object.GetNode(Segments(path)) is JsonObject selector
        ? selector.Deserialize(SelectorJsonContext.Default.LabelSelector)?.ToSelector().ToString()
        : @object.GetString(Segments(path));

    private static long? Number(KubeObject @object, string path) =>
        @object.TryGetRaw(out var raw, Segments(path))
        && long.TryParse(raw.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    private static string[] Segments(string path) => path.TrimStart('.').Split('.');
}
