using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.FederationCore.Rendering;

/// <summary>
/// Names the protocol of ports that leave it out. It is part of the key by which a server-side apply tells ports apart, and API servers
/// before 1.21 refuse an apply without it instead of taking the default.
/// </summary>
internal static class PortProtocols
{
    private const string Ports = "ports";
    private const string Protocol = "protocol";
    private const string Default = "TCP";

    private static readonly string[] PodSpec = ["spec"];
    private static readonly string[] TemplateSpec = ["spec", "template", "spec"];
    private static readonly string[] JobTemplateSpec = ["spec", "jobTemplate", "spec", "template", "spec"];

    /// <summary>Sets <c>TCP</c> where a Service, or a container of a pod template, has a port without a protocol.</summary>
    public static void SetDefaults(JsonObject root, GroupKind kind)
    {
        if (kind is { Group: "", Kind: "Service" })
        {
            SetDefaults(Find(root, PodSpec));
        }
        else if (PathOfPodSpec(kind) is { } path && Find(root, path) is { } spec)
        {
            SetDefaultsOfContainers(spec["containers"]);
            SetDefaultsOfContainers(spec["initContainers"]);
        }
    }

    private static string[]? PathOfPodSpec(GroupKind kind) => (kind.Group, kind.Kind) switch
    {
        ("", "Pod") => PodSpec,
        ("", "ReplicationController") => TemplateSpec,
        ("apps" or "extensions", "Deployment" or "ReplicaSet" or "DaemonSet" or "StatefulSet") => TemplateSpec,
        ("batch", "Job") => TemplateSpec,
        ("batch", "CronJob") => JobTemplateSpec,
        _ => null,
    };

    private static JsonObject? Find(JsonObject root, string[] path)
    {
        var found = root;
        foreach (var name in path)
        {
            if (found[name] is not JsonObject child)
            {
                return null;
            }

            found = child;
        }

        return found;
    }

    private static void SetDefaultsOfContainers(JsonNode? containers)
    {
        foreach (var container in containers as JsonArray ?? [])
        {
            SetDefaults(container as JsonObject);
        }
    }

    private static void SetDefaults(JsonObject? owner)
    {
        foreach (var item in owner?[Ports] as JsonArray ?? [])
        {
            if (item is JsonObject port)
            {
                port[Protocol] ??= Default;
            }
        }
    }
}
