using System.Collections;
using System.Collections.Immutable;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.KubeClient.Informers;

/// <summary>The objects of an immutable map, without a copy.</summary>
internal sealed class SnapshotCollection(ImmutableDictionary<NamespacedName, KubeObject> objects) : IReadOnlyCollection<KubeObject>
{
    public int Count => objects.Count;

    public IEnumerator<KubeObject> GetEnumerator()
    {
        foreach (var (_, value) in objects)
        {
            yield return value;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
