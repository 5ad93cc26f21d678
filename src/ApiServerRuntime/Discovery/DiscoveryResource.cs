using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiServerRuntime.Discovery;

/// <summary>A resource or subresource as discovery shows it.</summary>
internal sealed record DiscoveryResource
{
    public required string Name { get; init; }

    public required string Subresource { get; init; }

    public required string Singular { get; init; }

    public required bool Namespaced { get; init; }

    public required GroupVersionKind Kind { get; init; }

    public required IReadOnlyList<string> Verbs { get; init; }

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public string? StorageVersionHash { get; init; }
}
