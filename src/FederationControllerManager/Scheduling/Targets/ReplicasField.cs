using System.Collections.Immutable;
using System.Text;

namespace KubeFed.FederationControllerManager.Scheduling.Targets;

/// <summary>Where the objects of a type keep their numbers of replicas.</summary>
internal sealed record ReplicasField
{
    /// <summary>Deployments, replica sets, stateful sets, and custom resources that are like them.</summary>
    public static ReplicasField OfWorkloads { get; } = new() { Spec = ["spec", "replicas"], Ready = ["status", "readyReplicas"] };

    /// <summary>Jobs: what runs at once is shared, and with it what is to be done.</summary>
    public static ReplicasField OfJobs { get; } = new()
    {
        Spec = ["spec", "parallelism"],
        Completions = ["spec", "completions"],
        Ready = ["status", "ready"],
        Running = ["status", "active"],
        Finished = ["status", "succeeded"],
    };

    /// <summary>Members from the root of the object to the number asked for.</summary>
    public required ImmutableArray<string> Spec { get; init; }

    /// <summary>Members to the number of ready replicas.</summary>
    public required ImmutableArray<string> Ready { get; init; }

    /// <summary>Members to a number that stands in where <see cref="Ready"/> is absent; empty for none.</summary>
    public ImmutableArray<string> Running { get; init; } = [];

    /// <summary>Members to the number of replicas that are done, which count as ready; empty for none.</summary>
    public ImmutableArray<string> Finished { get; init; } = [];

    /// <summary>Members to a second number that is shared in proportion, once; empty for none.</summary>
    public ImmutableArray<string> Completions { get; init; } = [];

    /// <summary>The path of an override of <see cref="Spec"/>.</summary>
    public string Path => Pointer(Spec);

    /// <summary>The path of an override of <see cref="Completions"/>; null where there is none.</summary>
    public string? CompletionsPath => Completions.IsEmpty ? null : Pointer(Completions);

    /// <summary>The members of a path in a definition's scale subresource such as <c>.spec.size</c>; empty for one that is none.</summary>
    public static ImmutableArray<string> Split(string? path) =>
        path is ['.', _, ..] && path.AsSpan().IndexOfAny('[', ']', '\\') < 0 ? [.. path[1..].Split('.')] : [];

    private static string Pointer(ImmutableArray<string> members) => members
        .Aggregate(new StringBuilder(), static (text, member) => text.Append('/').Append(member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)))
        .ToString();
}
