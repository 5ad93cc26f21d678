using KubeFed.Hyperfed.Playground.Clusters;
using KubeFed.Hyperfed.Playground.Memory;
using KubeFed.Hyperfed.Playground.Scenarios;

namespace KubeFed.Hyperfed.Playground;

/// <summary>What a playground is to be.</summary>
internal sealed record PlaygroundOptions
{
    /// <summary>The most members: each takes its part of one process.</summary>
    public const int MostMembers = 10;

    /// <summary>How many members join the host: 1 to <see cref="MostMembers"/>.</summary>
    public required int Members { get; init; }

    /// <summary>Where the clusters come from.</summary>
    public IClusterProvider Provider { get; init; } = ProviderCatalog.Usual;

    /// <summary>Whether the federation's own API server keeps its objects, behind the host's; else they are custom resources of the host.</summary>
    public bool IsAggregated { get; init; } = true;

    /// <summary>How much memory there is, in bytes.</summary>
    /// <value>Default what the system has free, or what the runtime may take where that is less.</value>
    public long AvailableMemory { get; init; } = Math.Min(new AvailableMemory("/").Bytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>The folder of the kubeconfig and the log.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether to end as soon as everything is in order and the story told.</summary>
    public bool Exit { get; init; }

    /// <summary>The story to play; null for none.</summary>
    public IScenario? Scenario { get; init; }

    /// <summary>What is done once everything is told, before the playground stays.</summary>
    public Func<Task> OnReady { get; init; } = static () => Task.CompletedTask;

    /// <summary>The last line, which says how the playground ends.</summary>
    public string Ending { get; init; } = "Ctrl-C ends the playground and leaves nothing behind.";
}
