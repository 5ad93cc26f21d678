using System.Collections.Immutable;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.KubeClient.Informers;

/// <summary>Everything a store holds at one moment. Indexes stand in the order of their names in the store.</summary>
internal sealed record StoreSnapshot(
    ImmutableDictionary<NamespacedName, KubeObject> Objects,
    ImmutableArray<ImmutableDictionary<string, ImmutableDictionary<NamespacedName, KubeObject>>> Indexes);
