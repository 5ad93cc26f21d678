using KubeFed.KubeClient.Discovery;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.Kubefedctl.Clusters;

/// <summary>A cluster that a command talks to.</summary>
internal sealed record ClusterConnection
{
    public required ClusterRole Role { get; init; }

    /// <summary>The name of the context in use, with the current context filled in.</summary>
    public required string Context { get; init; }

    /// <summary>The namespace of the context, or <c>default</c>.</summary>
    public string DefaultNamespace { get; init; } = "default";

    public required ClusterEndpoint Endpoint { get; init; }

    public required IDynamicClient Client { get; init; }

    public required IRestMapper Mapper { get; init; }

    /// <summary>Discovery without a cache, which also tells what could not be read.</summary>
    public required IDiscoveryClient Discovery { get; init; }

    public required IOpenApiReader OpenApi { get; init; }

    /// <summary>The cluster in messages: <c>host cluster "context" (https://...)</c>.</summary>
    public string Title => $"{(Role == ClusterRole.Host ? "host" : "member")} cluster \"{Context}\" ({Endpoint.Server})";
}
