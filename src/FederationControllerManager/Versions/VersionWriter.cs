using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Alpha1;
using KubeFed.FederationApis.Serialization;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeFed.FederationControllerManager.Versions;

/// <summary>Brings the host's PropagatedVersion objects in line with the store: a create where there is none, then its status.</summary>
internal sealed class VersionWriter(VersionStore store, IDynamicClient host, ILogger logger) : IReconciler<VersionKey>
{
    private static readonly WriteOptions Write = new() { FieldManager = FederationNames.FieldManager, Representation = Representation.Metadata };

    public async Task<ReconcileResult> ReconcileAsync(VersionKey key, CancellationToken cancellationToken)
    {
        if (store.Peek(key) is not { IsDirty: true } entry)
        {
            return ReconcileResult.Done;
        }

        try
        {
            if (!entry.Stored)
            {
                await CreateAsync(key, entry.Versions, cancellationToken);
            }

            await WriteStatusAsync(key, entry.Versions, cancellationToken);
            store.MarkStored(key, entry, stored: true);
            return ReconcileResult.Done;
        }
        catch (StatusException e) when (e.IsNotFound && entry.Stored)
        {
            // Somebody removed it: make it anew.
            store.MarkStored(key, entry, stored: false);
            return ReconcileResult.Requeue;
        }
        catch (StatusException e) when (e.IsForbidden || e.IsNotFound)
        {
            // The namespace is going, or the rights are missing: trying again at once would not help.
            VersionLog.NotWritten(logger, key, e.Message);
            return e.IsNamespaceTerminating || e.IsNotFound ? ReconcileResult.Done : ReconcileResult.Requeue;
        }
    }

    private async Task CreateAsync(VersionKey key, RecordedVersions versions, CancellationToken cancellationToken)
    {
        var value = new PropagatedVersion
        {
            Kind = key.Name.IsClusterScoped ? FederationKinds.ClusterPropagatedVersion.Kind : FederationKinds.PropagatedVersion.Kind,
            Metadata = new ObjectMeta { Name = key.Name.Name, Namespace = key.Name.Namespace, OwnerReferences = [versions.Owner] },
        };
        try
        {
            await host.CreateAsync(key.Resource, KubeObject.From(value, FederationJsonContext.Default.PropagatedVersion), Write, cancellationToken);
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            await AdoptAsync(key, versions.Owner, cancellationToken);
        }
    }

    private async Task AdoptAsync(VersionKey key, OwnerReference owner, CancellationToken cancellationToken)
    {
        var owners = JsonSerializer.SerializeToNode([owner], ObjectMetaJsonContext.Default.IReadOnlyListOwnerReference);
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["ownerReferences"] = owners } };
        await host.PatchAsync(key.Resource, key.Name, Patch.Merge(patch), Write, cancellationToken);
    }

    private async Task WriteStatusAsync(VersionKey key, RecordedVersions versions, CancellationToken cancellationToken)
    {
        var patch = new JsonObject
        {
            ["status"] = JsonSerializer.SerializeToNode(versions.Status, FederationJsonContext.Default.PropagatedVersionStatus),
        };
        await host.PatchAsync(key.Resource, key.Name, Patch.Merge(patch), Write with { Subresource = "status" }, cancellationToken);
    }
}
