using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiServerRuntime.Standalone.Namespaces;

/// <summary>What is left in a namespace that is being deleted.</summary>
/// <param name="Resources">How many objects of which resource.</param>
/// <param name="Finalizers">How many objects each finalizer holds.</param>
/// <param name="Undiscovered">The group versions of which it is not known what they hold, each with the reason: <c>example.dev/v1: why</c>.</param>
public sealed record NamespaceContent(
    IReadOnlyDictionary<GroupResource, int> Resources, IReadOnlyDictionary<string, int> Finalizers, IReadOnlyList<string> Undiscovered)
{
    /// <summary>Nothing, and that is known.</summary>
    public static NamespaceContent None { get; } = new(new Dictionary<GroupResource, int>(), new Dictionary<string, int>(), []);

    /// <summary>Whether nothing is left for sure.</summary>
    public bool IsEmpty => Resources.Count == 0 && Undiscovered.Count == 0;

    /// <summary>This and other content of the namespace.</summary>
    internal NamespaceContent And(NamespaceContent other) => new(
        Sum(Resources, other.Resources), Sum(Finalizers, other.Finalizers), [.. Undiscovered, .. other.Undiscovered]);

    /// <summary>Says what is left by the conditions of a namespace's status, in kube-controller-manager's words.</summary>
    /// <returns>Whether anything changed.</returns>
    internal bool Describe(JsonObject status, DateTimeOffset now)
    {
        bool changed = Conditions.Set(
            status,
            "NamespaceDeletionDiscoveryFailure",
            Undiscovered.Count > 0,
            Undiscovered.Count > 0 ? "DiscoveryFailed" : "ResourcesDiscovered",
            Undiscovered.Count > 0
                ? $"Discovery failed for some groups, {Undiscovered.Count} failing: unable to retrieve the complete list of server APIs: {string.Join(", ", Undiscovered)}"
                : "All resources successfully discovered",
            now);
        changed |= Conditions.Set(status, "NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions", "All legacy kube types successfully parsed", now);
        changed |= Conditions.Set(
            status, "NamespaceDeletionContentFailure", false, "ContentDeleted", "All content successfully deleted, may be waiting on finalization", now);
        changed |= Conditions.Set(
            status,
            "NamespaceContentRemaining",
            Resources.Count > 0,
            Resources.Count > 0 ? "SomeResourcesRemain" : "ContentRemoved",
            Resources.Count > 0 ? $"Some resources are remaining: {DescribeResources()}" : "All content successfully removed",
            now);
        return changed | Conditions.Set(
            status,
            "NamespaceFinalizersRemaining",
            Finalizers.Count > 0,
            Finalizers.Count > 0 ? "SomeFinalizersRemain" : "ContentHasNoFinalizers",
            Finalizers.Count > 0
                ? $"Some content in the namespace has finalizers remaining: {DescribeFinalizers()}"
                : "All content-preserving finalizers finished",
            now);
    }

    private static Dictionary<TKey, int> Sum<TKey>(IReadOnlyDictionary<TKey, int> first, IReadOnlyDictionary<TKey, int> second)
        where TKey : notnull =>
        first.Concat(second).GroupBy(static pair => pair.Key).ToDictionary(static pairs => pairs.Key, static pairs => pairs.Sum(static pair => pair.Value));

    // As configmaps. has 1 resource instances.
    private string DescribeResources() => string.Join(
        ", ", Resources.Select(static r => $"{r.Key.Resource}.{r.Key.Group} has {r.Value} resource instances").Order(StringComparer.Ordinal));

    // As example.dev/hold in 1 resource instances.
    private string DescribeFinalizers() => string.Join(
        ", ", Finalizers.Select(static f => $"{f.Key} in {f.Value} resource instances").Order(StringComparer.Ordinal));
}
