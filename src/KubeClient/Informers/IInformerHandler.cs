using KubeFed.ApiMachinery.Objects;

namespace KubeFed.KubeClient.Informers;

/// <summary>
/// Hears of changes. The store has changed before a call; calls to one handler are never concurrent and in order. A
/// handler must not block: it notes a key in a queue.
/// </summary>
public interface IInformerHandler
{
    /// <summary>An object is new; <paramref name="isInInitialList"/> marks those that were there at the start.</summary>
    void OnAdd(KubeObject value, bool isInInitialList);

    /// <summary>An object changed, or was seen again after a relist (then both may have the same version).</summary>
    void OnUpdate(KubeObject old, KubeObject value);

    /// <summary>An object is gone. <paramref name="isFinalStateUnknown"/>: the deletion itself was missed, the state may be stale.</summary>
    void OnDelete(KubeObject last, bool isFinalStateUnknown);
}
