namespace KubeFed.ApiServerRuntime.Discovery;

/// <summary>A group with its versions, the preferred first. The core group has the empty name.</summary>
internal sealed record DiscoveryGroup(string Name, IReadOnlyList<DiscoveryVersion> Versions);
