using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.KubeClient.Informers;

/// <summary>The objects an informer knows. Reads never block and never see a half-made change.</summary>
public interface IResourceStore
{
    /// <summary>How many objects there are.</summary>
    int Count { get; }

    /// <summary>One object, or null.</summary>
    KubeObject? Get(NamespacedName key);

    /// <summary>All objects at one moment, in no order.</summary>
    IReadOnlyCollection<KubeObject> List();

    /// <summary>The objects that an index, registered before the informer ran, files under a value.</summary>
    IReadOnlyCollection<KubeObject> ByIndex(string index, string value);
}
