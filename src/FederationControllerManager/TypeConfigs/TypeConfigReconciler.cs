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
/// objects live in namespaces need the config <c>namespaces</c>, which says where namespaces go.
/// </summary>
internal sealed class TypeConfigReconciler(
    IDynamicClient host,
    IResourceStore configs,
    TypeControllers controllers,
    SyncSettings settings,
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
            await StopAsync(key.Name);
            RequeueOthersIfGateChanged();
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
            await RemoveFinalizerAsync(stored, cancellationToken);
            return ReconcileResult.Done;
        }

        await EnsureFinalizerAsync(stored, cancellationToken);
        RequeueOthersIfGateChanged();
        var obstacle = config.Spec.IsPropagationEnabled() ? FindObstacle(config) : null;
        if (obstacle is not null)
        {
            events.Record(stored, EventType.Warning, "PropagationNotStarted", "Start", obstacle);
        }

        await FollowAsync(config, run: config.Spec.IsPropagationEnabled() && obstacle is null);
        await WriteStatusAsync(stored, config, cancellationToken);
        return ReconcileResult.Done;
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
        await controllers.EnsureAsync(FederatedType.Of(config), FederatedNamespaces());
        if (!wasRunning)
        {
            TypeConfigLog.Started(logger, name);
        }
    }

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
        var target = config.WithDefaults().Spec.TargetType;
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
        var key = new NamespacedName(settings.FederationNamespace, FederationNames.NamespacesTypeConfig);
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

    private async Task WriteStatusAsync(KubeObject stored, FederatedTypeConfig config, CancellationToken cancellationToken)
    {
        var status = new FederatedTypeConfigStatus
        {
            ObservedGeneration = stored.Metadata.Generation,
            PropagationController = controllers.IsRunning(config.Metadata.Name) ? ControllerStatus.Running : ControllerStatus.NotRunning,
            StatusController = ControllerStatus.NotRunning,
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
