using System.Collections.Frozen;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Machinery;

/// <summary>How the objects in the informers are filed.</summary>
internal static class PodIndex
{
    private const string Owner = "owner";
    private const string Node = "node";
    private const string Space = "namespace";
    private const string Orphan = "orphan";

    public static readonly IReadOnlyDictionary<string, Func<KubeObject, IEnumerable<string>>> OwnersOnly = new Dictionary<string, Func<KubeObject, IEnumerable<string>>>
    {
        [Owner] = OwnerOf,
        [Space] = static value => [value.Metadata.Namespace],
        [Orphan] = static value => value.Metadata.Controller() is null ? [value.Metadata.Namespace] : [],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static readonly IReadOnlyDictionary<string, Func<KubeObject, IEnumerable<string>>> All = new Dictionary<string, Func<KubeObject, IEnumerable<string>>>(OwnersOnly)
    {
        [Node] = static pod => pod.GetString("spec", "nodeName") is { Length: > 0 } name ? [name] : [],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The objects that an owner controls, in the order of their names.</summary>
    public static IEnumerable<KubeObject> ControlledBy(this IResourceStore store, ObjectMeta owner) =>
        store.ByIndex(Owner, owner.Uid ?? "").OrderBy(static value => value.Metadata.Name, StringComparer.Ordinal);

    /// <summary>The pods that are bound to a node.</summary>
    public static IReadOnlyCollection<KubeObject> OnNode(this IResourceStore pods, string node) => pods.ByIndex(Node, node);

    /// <summary>The objects of a namespace.</summary>
    public static IReadOnlyCollection<KubeObject> InNamespace(this IResourceStore store, string name) => store.ByIndex(Space, name);

    /// <summary>The objects of a namespace that nobody controls.</summary>
    public static IReadOnlyCollection<KubeObject> Orphans(this IResourceStore store, string name) => store.ByIndex(Orphan, name);

    private static IEnumerable<string> OwnerOf(KubeObject value) => value.Metadata.Controller() is { } owner ? [owner.Uid] : [];
}
