using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis;

namespace KubeFed.FederationCore.Rendering;

/// <summary>The rules of what stays of a template and what is ours.</summary>
internal static class TemplateTree
{
    /// <summary>
    /// Of the metadata only labels and annotations stay: the rest is the server's (uid, resourceVersion, managedFields...)
    /// or means nothing in another cluster (an owner reference would have the copy collected at once).
    /// </summary>
    public static void Prepare(JsonObject root, TargetDescription target, NamespacedName key)
    {
        var metadata = Member(root, "metadata", "spec.template.metadata");
        root["apiVersion"] = ApiVersion(root, target);
        root["kind"] = target.Kind.Kind;
        root["metadata"] = Identity(metadata, key);
        root.Remove("status");
    }

    /// <summary>
    /// After overrides: what is not theirs to set is set again, the managed label put on, and filled in what servers need in an apply.
    /// </summary>
    public static void Finish(JsonObject root, TargetDescription target, NamespacedName key)
    {
        var metadata = Member(root, "metadata", "metadata");
        var finalizers = metadata?["finalizers"];
        metadata?.Remove("finalizers");
        root["apiVersion"] = ApiVersion(root, target);
        root.Remove("status");
        var identity = Identity(metadata, key);
        if (finalizers is not null)
        {
            identity["finalizers"] = finalizers;
        }

        if (Member(identity, "labels", "metadata.labels") is not { } labels)
        {
            identity["labels"] = labels = [];
        }

        labels[FederationLabels.Managed] = FederationLabels.ManagedTrue;
        root["metadata"] = identity;
        PortProtocols.SetDefaults(root, target.Kind.GroupKind);
    }

    /// <summary>Takes <c>spec.replicas</c> out and returns it; null when it is absent or no integer.</summary>
    public static long? TakeReplicas(JsonObject root)
    {
        if (root["spec"] is not JsonObject spec || spec["replicas"] is not { } replicas)
        {
            return null;
        }

        spec.Remove("replicas");
        return replicas is JsonValue value && value.TryGetValue<long>(out var count) ? count : null;
    }

    public static JsonObject? Member(JsonObject parent, string name, string path) => parent[name] switch
    {
        null => null,
        JsonObject child => child,
        _ => throw new TemplateException($"{path}: must be an object"),
    };

    private static JsonObject Identity(JsonObject? metadata, NamespacedName key)
    {
        var identity = new JsonObject { ["name"] = key.Name };
        if (!key.IsClusterScoped)
        {
            identity["namespace"] = key.Namespace;
        }

        Move(metadata, identity, "labels");
        Move(metadata, identity, "annotations");
        return identity;
    }

    private static void Move(JsonObject? from, JsonObject to, string name)
    {
        if (from?[name] is { } value)
        {
            from.Remove(name);
            to[name] = value;
        }
    }

    private static string ApiVersion(JsonObject root, TargetDescription target)
    {
        if (root["apiVersion"] is not { } given)
        {
            return target.Kind.ApiVersion;
        }

        if (given is not JsonValue value || !value.TryGetValue<string>(out var text))
        {
            throw new TemplateException("apiVersion: must be a string");
        }

        return text.Length == 0 ? target.Kind.ApiVersion
            : GroupVersion.TryParse(text, out var version) ? version.ToString()
            : throw new TemplateException($"apiVersion: \"{text}\" is not VERSION or GROUP/VERSION");
    }
}
