using KubeFed.ApiMachinery.Objects;
using KubeFed.ComponentBase.Hosting;
using KubeFed.ControllerRuntime.Events;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.KubeClient.Informers;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Hosting;

/// <summary>
/// The settings of the moment: follows the KubeFedConfig while the process runs. One that cannot be used changes nothing, and is told in
/// an event on it. The scope, the leader election and the number of reconciles at once are those of the start.
/// </summary>
internal sealed class LiveSettings(FederationSettings initial, IEventRecorder events, ILogger logger) : IInformerHandler
{
    private volatile FederationSettings _current = initial;

    /// <summary>Told the old and the new settings after they have changed; must not block. Set before the first event comes.</summary>
    public Action<FederationSettings, FederationSettings>? Changed { get; set; }

    /// <summary>The settings of the moment.</summary>
    public FederationSettings Current => _current;

    /// <inheritdoc/>
    public void OnAdd(KubeObject value, bool isInInitialList) => Follow(value);

    /// <inheritdoc/>
    public void OnUpdate(KubeObject old, KubeObject value) => Follow(value);

    /// <inheritdoc/>
    public void OnDelete(KubeObject last, bool isFinalStateUnknown)
    {
        // What was configured stands until somebody says something else, or the process starts anew.
    }

    private void Follow(KubeObject value)
    {
        if (value.Metadata.Name != FederationNames.KubeFedConfig)
        {
            return;
        }

        try
        {
            Take(FederationSettings.From(KubeFedConfigSource.Read(value), _current.FederationNamespace));
        }
        catch (Exception e) when (e is ComponentStartException or KubeObjectFormatException)
        {
            FederationLog.ConfigUnusable(logger, e.Message);
            events.Record(value, EventType.Warning, CoreEventReasons.InvalidKubeFedConfig, "Configure", $"what was configured before stays in force: {e.Message}");
        }
    }

    private void Take(FederationSettings next)
    {
        var merged = next with
        {
            Sync = next.Sync with
            {
                TargetNamespace = _current.Sync.TargetNamespace,
                MaxConcurrentReconciles = _current.Sync.MaxConcurrentReconciles,
                Placement = next.Sync.Placement with { NamespacedControlPlane = _current.Sync.Placement.NamespacedControlPlane },
            },
        };
        if (merged == _current)
        {
            return;
        }

        var old = _current;
        _current = merged;
        FederationLog.ConfigChanged(logger);
        Changed?.Invoke(old, merged);
    }
}
