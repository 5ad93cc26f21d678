using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiServerRuntime.Standalone.Namespaces;

/// <summary>What is left in a namespace that is being deleted.</summary>
/// <param name="Resources">How many objects of which resource.</param>
/// <param name="Finalizers">How many objects each finalizer holds.</param>
internal sealed record NamespaceContent(IReadOnlyDictionary<GroupResource, int> Resources, IReadOnlyDictionary<string, int> Finalizers)
{
    public bool IsEmpty => Resources.Count == 0;

    /// <summary>In kube-controller-manager's words, as <c>configmaps. has 1 resource instances</c>.</summary>
    public string DescribeResources() => string.Join(
        ", ", Resources.Select(static r => $"{r.Key.Resource}.{r.Key.Group} has {r.Value} resource instances").Order(StringComparer.Ordinal));

    /// <summary>In kube-controller-manager's words, as <c>example.dev/hold in 1 resource instances</c>.</summary>
    public string DescribeFinalizers() => string.Join(
        ", ", Finalizers.Select(static f => $"{f.Key} in {f.Value} resource instances").Order(StringComparer.Ordinal));
}
