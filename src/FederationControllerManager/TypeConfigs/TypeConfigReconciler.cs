using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Events;
using KubeFed.ControllerRuntime.Finalizers;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationControllerManager.Sync;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.TypeConfigs;

/// <summary>
/// Starts and stops the controllers of types as their FederatedTypeConfigs say, while the process runs. Types whose
/// objects live in namespaces need the config <c>namespaces</c>, which says where namespaces go. The objects of a type that is not
/// propagated do not keep the control plane's finalizer.
/// </summary>
internal sealed class TypeConfigReconciler(
    IDynamicClient host,
    IResourceStore configs,
    TypeControllers controllers,
    FinalizerRelease release,
    Func<SyncSettings> currentSettings,
    IEventRecorder events,
    Action requeueAll,
    ILogger<TypeConfigReconciler> logger) : IReconciler<NamespacedName>
{
    private static readonly WriteOptions Write = new() { FieldManager = FederationNames.FieldManager };

    private GroupVersionResource? _lastGate;

    public async Task<ReconcileResult> ReconcileAsync(NamespacedName key, CancellationToken cancellationToken)
    {
        if (configs.Get(key) is not { } stored)
        {
            var type = controllers.TypeOf(key.Name);
            await StopAsync(key.Name);
            RequeueOthersIfGateChanged();
            if (type is not null)
            {
                await release.RunAsync(type.Federated, currentSettings().TargetNamespace, cancellationToken);
            }

            return ReconcileResult.Done;
        }

        if (Read(stored) is not { } config)
        {
            return ReconcileResult.Done;
        }

        if (stored.Metadata.IsDeleting)
        {
            await StopAsync(key.Name);
            RequeueOthersIfGateChanged();
            if (stored.Metadata.Finalizers.Contains(FederationFinalizers.FederatedTypeConfig))
            {
                await ReleaseObjectsAsync(stored, config, cancellationToken);
            }

            await RemoveFinalizerAsync(stored, cancellationToken);
            return ReconcileResult.Done;
        }

        await EnsureFinalizerAsync(stored, cancellationToken);
        RequeueOthersIfGateChanged();
        var obstacle = config.Spec.IsPropagationEnabled() ? FindObstacle(config) : null;
        if (obstacle is not null)
        {
            events.Record(stored, EventType.Warning, CoreEventReasons.PropagationNotStarted, "Start", obstacle);
        }

        var runs = config.Spec.IsPropagationEnabled() && obstacle is null;
        await FollowAsync(config, runs);
        if (!runs && !SaysStopped(stored, config))
        {
            await ReleaseObjectsAsync(stored, config, cancellationToken);
        }

        await WriteStatusAsync(stored, config, cancellationToken);
        return ReconcileResult.Done;
    }

    /// <summary>Whether the status says that nothing runs for this generation: it is written when all is released.</summary>
    private static bool SaysStopped(KubeObject stored, FederatedTypeConfig config) =>
        config.Status is { PropagationController: ControllerStatus.NotRunning } status && status.ObservedGeneration == stored.Metadata.Generation;

    private async Task ReleaseObjectsAsync(KubeObject stored, FederatedTypeConfig config, CancellationToken cancellationToken)
    {
        var federated = config.WithDefaults().Spec.FederatedType.ToGroupVersionResource();
        var released = await release.RunAsync(federated, currentSettings().TargetNamespace, cancellationToken);
        if (released > 0)
        {
            TypeConfigLog.Released(logger, stored.Metadata.Name, released);
            events.Record(
                stored,
                EventType.Normal,
                CoreEventReasons.FinalizersReleased,
                "Stop",
                string.Create(CultureInfo.InvariantCulture, $"{released} objects of {federated.GroupResource} are no longer propagated; what the clusters hold stays"));
        }
    }

    private async Task FollowAsync(FederatedTypeConfig config, bool run)
    {
        var name = config.Metadata.Name;
        if (!run)
        {
            await StopAsync(name);
            return;
        }

        var wasRunning = controllers.IsRunning(name);
        await controllers.EnsureAsync(TypeOf(config), FederatedNamespaces());
        if (!wasRunning)
        {
            TypeConfigLog.Started(logger, name);
        }
    }

    private FederatedType TypeOf(FederatedTypeConfig config) => FederatedType.Of(config, currentSettings().CollectsRawStatus);

    private async Task StopAsync(string name)
    {
        if (!controllers.IsRunning(name))
        {
            return;
        }

        await controllers.StopAsync(name);
        TypeConfigLog.Stopped(logger, name);
    }

    /// <summary>The types in namespaces stand and fall with the config of namespaces.</summary>
    private void RequeueOthersIfGateChanged()
    {
        var gate = FederatedNamespaces();
        if (gate != _lastGate)
        {
            _lastGate = gate;
            requeueAll();
        }
    }

    private string? FindObstacle(FederatedTypeConfig config)
    {
        var settings = currentSettings();
        var target = config.WithDefaults().Spec.TargetType;
        if (!settings.Propagates)
        {
            return $"nothing is propagated: the feature gate {FederationFeatureGates.PushReconciler} is off in the KubeFedConfig";
        }

        if (settings.TargetNamespace is not null && !target.IsNamespaced())
        {
            return $"{config.Metadata.Name} is cluster-scoped and this control plane serves the namespace \"{settings.TargetNamespace}\" only";
        }

        return target.IsNamespaced() && settings.TargetNamespace is null && FederatedNamespaces() is null
            ? $"{config.Metadata.Name} lives in namespaces, and namespaces are not enabled: run kubefedctl enable namespaces"
            : null;
    }

    private GroupVersionResource? FederatedNamespaces()
    {
        var key = new NamespacedName(currentSettings().FederationNamespace, FederationNames.NamespacesTypeConfig);
        return configs.Get(key) is { Metadata.IsDeleting: false } stored && Read(stored) is { } config
            ? config.WithDefaults().Spec.FederatedType.ToGroupVersionResource()
            : null;
    }

    private FederatedTypeConfig? Read(KubeObject stored)
    {
        try
        {
            return stored.Deserialize(FederationJsonContext.Default.FederatedTypeConfig);
        }
        catch (KubeObjectFormatException e)
        {
            TypeConfigLog.Unreadable(logger, stored.Metadata.Name, e.Message);
            return null;
        }
    }

    private async Task EnsureFinalizerAsync(KubeObject stored, CancellationToken cancellationToken)
    {
        if (stored.AddFinalizerPatch(FederationFinalizers.FederatedTypeConfig) is { } patch)
        {
            await host.PatchAsync(FederationResources.FederatedTypeConfigs, stored.Key, patch, Write, cancellationToken);
        }
    }

    private async Task RemoveFinalizerAsync(KubeObject stored, CancellationToken cancellationToken)
    {
        if (stored.RemoveFinalizerPatch(FederationFinalizers.FederatedTypeConfig) is not { } patch)
        {
            return;
        }

        try
        {
            await host.PatchAsync(FederationResources.FederatedTypeConfigs, stored.Key, patch, Write, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            // Gone already.
        }
    }

    private bool CollectsStatus(FederatedTypeConfig config) => controllers.TypeOf(config.Metadata.Name)?.KeepsStatus == true;

    private async Task WriteStatusAsync(KubeObject stored, FederatedTypeConfig config, CancellationToken cancellationToken)
    {
        var status = new FederatedTypeConfigStatus
        {
            ObservedGeneration = stored.Metadata.Generation,
            PropagationController = controllers.IsRunning(config.Metadata.Name) ? ControllerStatus.Running : ControllerStatus.NotRunning,
            StatusController = CollectsStatus(config) ? ControllerStatus.Running : ControllerStatus.NotRunning,
        };
        if (status == config.Status)
        {
            return;
        }

        var patch = new JsonObject
        {
            ["status"] = JsonSerializer.SerializeToNode(status, FederationJsonContext.Default.FederatedTypeConfigStatus),
        };
        await host.PatchAsync(
            FederationResources.FederatedTypeConfigs, stored.Key, Patch.Merge(patch), Write with { Subresource = "status" }, cancellationToken);
    }
}
