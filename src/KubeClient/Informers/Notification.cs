using KubeFed.ApiMachinery.Objects;

namespace KubeFed.KubeClient.Informers;

/// <summary>One call to a handler, or the mark behind the first list.</summary>
internal readonly record struct Notification(NotificationKind Kind, KubeObject? Old, KubeObject? Value, bool Flag)
{
    public static Notification Synced { get; } = new(NotificationKind.Synced, null, null, false);

    public static Notification Add(KubeObject value, bool isInInitialList) => new(NotificationKind.Add, null, value, isInInitialList);

    public static Notification Update(KubeObject old, KubeObject value) => new(NotificationKind.Update, old, value, false);

    public static Notification Delete(KubeObject last, bool isFinalStateUnknown) => new(NotificationKind.Delete, last, null, isFinalStateUnknown);
}
