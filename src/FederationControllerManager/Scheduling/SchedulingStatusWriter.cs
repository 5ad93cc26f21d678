using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Scheduling.V1Alpha1;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationControllerManager.Members;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.FederationControllerManager.Scheduling;

/// <summary>Writes the status of preferences, only when it says something new.</summary>
internal sealed class SchedulingStatusWriter(IDynamicClient host)
{
    private static readonly WriteOptions StatusWrite = new()
    {
        FieldManager = FederationNames.ReplicaScheduler,
        Representation = Representation.Metadata,
    };

    private readonly ConcurrentDictionary<NamespacedName, (ReplicaSchedulingPreferenceStatus Status, string Version)> _written = [];

    /// <summary>The newest status: what was written last, until the watch shows it.</summary>
    public ReplicaSchedulingPreferenceStatus Newest(ReplicaSchedulingPreference preference)
    {
        var key = new NamespacedName(preference.Metadata.Namespace, preference.Metadata.Name);
        if (_written.TryGetValue(key, out var written))
        {
            if (!ResourceVersions.IsAtLeast(preference.Metadata.ResourceVersion, written.Version))
            {
                return written.Status;
            }

            _written.TryRemove(key, out _);
        }

        return preference.Status ?? ReplicaSchedulingPreferenceStatus.Empty;
    }

    /// <summary>Writes a status. Returns whether it said something new.</summary>
    public async Task<bool> WriteAsync(NamespacedName key, ReplicaSchedulingPreferenceStatus before, ReplicaSchedulingPreferenceStatus after, CancellationToken cancellationToken)
    {
        if (ToNode(before) is var old && ToNode(after) is var status && JsonNode.DeepEquals(old, status))
        {
            return false;
        }

        try
        {
            var written = await host.MergeStatusAsync(FederationResources.ReplicaSchedulingPreferences, key, status, StatusWrite, cancellationToken);
            _written[key] = (after, written.Metadata.ResourceVersion ?? "");
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            // Deleted meanwhile: the watch says so.
        }

        return true;
    }

    /// <summary>Forgets a preference.</summary>
    public void Forget(NamespacedName key) => _written.TryRemove(key, out _);

    private static JsonObject ToNode(ReplicaSchedulingPreferenceStatus status) =>
        JsonSerializer.SerializeToNode(status, FederationJsonContext.Default.ReplicaSchedulingPreferenceStatus)!.AsObject();
}
