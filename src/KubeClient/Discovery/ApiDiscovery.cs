using KubeFed.ApiMachinery.Identity;

namespace KubeFed.KubeClient.Discovery;

/// <summary>What a server serves at one moment.</summary>
public sealed record ApiDiscovery
{
    /// <summary>A server without anything.</summary>
    public static ApiDiscovery Empty { get; } = new();

    /// <summary>The groups, the core group first.</summary>
    public IReadOnlyList<ApiGroup> Groups { get; init; } = [];

    /// <summary>The resources of all versions, in the order of groups and versions; subresources are within their resources.</summary>
    public IReadOnlyList<ApiResource> Resources { get; init; } = [];

    /// <summary>The versions that could not be read, most often because the server behind an aggregated API is down, and why.</summary>
    public IReadOnlyDictionary<GroupVersion, string> Failures { get; init; } = new Dictionary<GroupVersion, string>();

    internal ApiDiscovery Join(ApiDiscovery other) => new()
    {
        Groups = [.. Groups, .. other.Groups],
        Resources = [.. Resources, .. other.Resources],
        Failures = Failures.Concat(other.Failures).DistinctBy(f => f.Key).ToDictionary(f => f.Key, f => f.Value),
    };
}
