using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis.Scheduling.V1Alpha1;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationControllerManager.Scheduling.Capacity;

namespace KubeFed.FederationControllerManager.Scheduling;

/// <summary>Has the members' free capacity collected while preferences go by it, and only then.</summary>
/// <param name="capacity">What collects.</param>
/// <param name="changed">Told each preference that what is free has changed for.</param>
internal sealed class CapacityUse(IMemberCapacity capacity, Action<NamespacedName> changed) : IDisposable
{
    private static readonly PodFootprint OnePod = PodFootprint.Of("{}"u8.ToArray());
    private readonly Lock _lock = new();
    private readonly HashSet<NamespacedName> _users = [];
    private IDisposable? _collection;

    /// <summary>
    /// What is free for a workload, by cluster, where the preference's strategy goes by that; null where it does not. Weights do not: a
    /// cluster without room may get nodes when pods wait for them.
    /// </summary>
    public Func<string, long?>? For(NamespacedName preference, ReplicaSchedulingPreferenceSpec spec, FederatedObject source)
    {
        if (spec.Strategy == SchedulingStrategies.Weighted)
        {
            Leave(preference);
            return null;
        }

        lock (_lock)
        {
            _users.Add(preference);
            _collection ??= capacity.Collect(_ => Tell());
        }

        var footprint = FootprintOf(source);
        return cluster => capacity.FreeReplicas(cluster, footprint);
    }

    /// <summary>A preference is gone.</summary>
    public void Leave(NamespacedName preference)
    {
        IDisposable? unused = null;
        lock (_lock)
        {
            if (_users.Remove(preference) && _users.Count == 0)
            {
                (unused, _collection) = (_collection, null);
            }
        }

        unused?.Dispose();
    }

    public void Dispose() => _collection?.Dispose();

    private static PodFootprint FootprintOf(FederatedObject source)
    {
        var template = source.Template is { } json ? JsonNode.Parse(json.Span) as JsonObject : null;
        return (template?["spec"] as JsonObject)?["template"] is JsonObject pod && pod["spec"] is JsonObject spec
            ? PodFootprint.Of(Encoding.UTF8.GetBytes(spec.ToJsonString()))
            : OnePod;
    }

    private void Tell()
    {
        NamespacedName[] users;
        lock (_lock)
        {
            users = [.. _users];
        }

        foreach (var user in users)
        {
            changed(user);
        }
    }
}
