using KubeFed.ApiMachinery.Identity;

namespace KubeFed.KubeClient.Discovery;

/// <summary>A resource that a server serves.</summary>
public sealed record ApiResource
{
    /// <summary>Group, version and plural.</summary>
    public required GroupVersionResource Resource { get; init; }

    /// <summary>Group, version and kind.</summary>
    public required GroupVersionKind Kind { get; init; }

    /// <summary>Whether its objects live in namespaces.</summary>
    public required ResourceScope Scope { get; init; }

    /// <summary>The singular; empty where the server does not say.</summary>
    public string SingularName { get; init; } = "";

    /// <summary>Short names such as <c>deploy</c>.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>The verbs served.</summary>
    public IReadOnlyList<string> Verbs { get; init; } = [];

    /// <summary>Categories such as <c>all</c>.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Names of the subresources, for example <c>status</c>.</summary>
    public IReadOnlyList<string> Subresources { get; init; } = [];

    /// <summary>Whether this version is the one its group prefers.</summary>
    public bool IsPreferredVersion { get; init; }
}
