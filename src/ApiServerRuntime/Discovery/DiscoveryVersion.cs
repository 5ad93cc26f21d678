namespace KubeFed.ApiServerRuntime.Discovery;

/// <summary>A version of a group with its resources, each followed by its subresources.</summary>
internal sealed record DiscoveryVersion(string Name, IReadOnlyList<DiscoveryResource> Resources);
