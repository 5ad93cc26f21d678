using KubeFed.ApiMachinery.Identity;

namespace KubeFed.Scale.Workloads;

/// <summary>The names of the objects.</summary>
internal static class Names
{
    /// <summary>Where the raw limit is measured.</summary>
    public const string RawNamespace = "bench-raw";

    /// <summary>The namespaces of the federated objects.</summary>
    public static IReadOnlyList<string> Namespaces(int count) => [.. Enumerable.Range(0, count).Select(static number => $"bench-{number}")];

    /// <summary>Names of objects spread over namespaces in turn.</summary>
    public static IReadOnlyList<NamespacedName> Spread(string prefix, int count, IReadOnlyList<string> namespaces) =>
        [.. Enumerable.Range(0, count).Select(number => new NamespacedName(namespaces[number % namespaces.Count], $"{prefix}-{number:D5}"))];
}
