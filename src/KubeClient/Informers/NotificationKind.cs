namespace KubeFed.KubeClient.Informers;

internal enum NotificationKind
{
    Add,
    Update,
    Delete,
    Synced,
}
