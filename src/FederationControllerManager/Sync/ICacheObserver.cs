using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationControllerManager.Members;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>Hears what the members' caches of a type show. Calls may come at the same time and must not block.</summary>
internal interface ICacheObserver
{
    /// <summary>Others changed an object in a member.</summary>
    void OnObjectChanged(NamespacedName target);

    /// <summary>The status of an object in a member changed; told only where status is collected.</summary>
    void OnStatusChanged(NamespacedName target);

    /// <summary>A cache has its first list, or has become out of date, or is no longer.</summary>
    void OnCacheSynced(MemberObjectCache cache);
}
