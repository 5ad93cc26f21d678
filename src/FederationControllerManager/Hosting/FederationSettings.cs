using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationControllerManager.Clusters;
using KubeFed.FederationControllerManager.Dispatch;
using KubeFed.FederationControllerManager.Scheduling;
using KubeFed.FederationControllerManager.Sync;
using KubeFed.FederationCore.Placements;

namespace KubeFed.FederationControllerManager.Hosting;

/// <summary>What the controllers go by: the KubeFedConfig with its defaults.</summary>
internal sealed record FederationSettings
{
    /// <summary>Fewest reconciles at once of a type: they do not wait for members, so there is no reason for fewer.</summary>
    private const int MinConcurrentReconciles = 16;

    /// <summary>The namespace of the control plane.</summary>
    public string FederationNamespace { get; init; } = FederationNames.DefaultNamespace;

    public ClusterSettings Clusters { get; init; } = new();

    public SyncSettings Sync { get; init; } = new();

    public DispatcherOptions Dispatch { get; init; } = new();

    public SchedulingSettings Scheduling { get; init; } = new();

    /// <summary>The settings that a KubeFedConfig means.</summary>
    public static FederationSettings From(KubeFedConfigSpec config, string federationNamespace)
    {
        var spec = config.WithDefaults();
        var health = spec.ClusterHealthCheck!;
        return new FederationSettings
        {
            FederationNamespace = federationNamespace,
            Clusters = new ClusterSettings
            {
                Period = health.Period!.Value,
                Timeout = health.Timeout!.Value,
                FailureThreshold = health.FailureThreshold!.Value,
                SuccessThreshold = health.SuccessThreshold!.Value,
            },
            Sync = new SyncSettings
            {
                FederationNamespace = federationNamespace,
                TargetNamespace = spec.Scope == ResourceScopes.Namespaced ? federationNamespace : null,
                AdoptResources = spec.SyncController!.AdoptResources == FeatureMode.Enabled,
                Placement = PlacementOptions.From(spec),
                MaxConcurrentReconciles = (int)Math.Clamp(spec.SyncController.MaxConcurrentReconciles!.Value, MinConcurrentReconciles, 1024),
                AvailableDelay = spec.ControllerDuration!.AvailableDelay!.Value,
                UnavailableDelay = spec.ControllerDuration.UnavailableDelay!.Value,
                UnreachableDeletionTimeout = spec.SyncController.UnreachableDeletionTimeout!.Value,
                Propagates = spec.IsFeatureEnabled(FederationFeatureGates.PushReconciler),
                CollectsRawStatus = spec.IsFeatureEnabled(FederationFeatureGates.RawResourceStatusCollection),
            },
            Scheduling = new SchedulingSettings { IsEnabled = spec.IsFeatureEnabled(FederationFeatureGates.SchedulerPreferences) },
        };
    }
}
