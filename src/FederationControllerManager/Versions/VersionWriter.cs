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

/// <summary>
/// Brings the host's PropagatedVersion objects in line with the store, each change in one write. Where the host's definition is one of
/// before, whose status is a subresource of its own, that takes a second write for what is created.
/// </summary>
internal sealed class VersionWriter(VersionStore store, IDynamicClient host, ILogger logger) : IReconciler<VersionKey>
{
    private static readonly WriteOptions Write = new() { FieldManager = FederationNames.FieldManager };
    private static readonly WriteOptions Brief = Write with { Representation = Representation.Metadata };

    // What the last answer that told said; definitions change while this runs.
    private volatile bool _statusIsApart;

    public async Task<ReconcileResult> ReconcileAsync(VersionKey key, CancellationToken cancellationToken)
    {
        if (store.Peek(key) is not { IsDirty: true } entry)
        {
            return ReconcileResult.Done;
        }

        try
        {
            if (entry.Stored || !await CreateAsync(key, entry.Versions, cancellationToken))
            {
                await WriteStatusAsync(key, entry.Versions, cancellationToken);
            }

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

    /// <summary>Makes the object; whether its status is written with it.</summary>
    private async Task<bool> CreateAsync(VersionKey key, RecordedVersions versions, CancellationToken cancellationToken)
    {
        var value = new PropagatedVersion
        {
            Kind = key.Name.IsClusterScoped ? FederationKinds.ClusterPropagatedVersion.Kind : FederationKinds.PropagatedVersion.Kind,
            Metadata = new ObjectMeta { Name = key.Name.Name, Namespace = key.Name.Namespace, OwnerReferences = [versions.Owner] },
            Status = versions.Status,
        };
        try
        {
            var created = await host.CreateAsync(key.Resource, KubeObject.From(value, FederationJsonContext.Default.PropagatedVersion), Write, cancellationToken);
            _statusIsApart = !HasStatus(created);
            return !_statusIsApart;
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            await AdoptAsync(key, versions.Owner, cancellationToken);
            return false;
        }
    }

    private async Task AdoptAsync(VersionKey key, OwnerReference owner, CancellationToken cancellationToken)
    {
        var owners = JsonSerializer.SerializeToNode([owner], ObjectMetaJsonContext.Default.IReadOnlyListOwnerReference);
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["ownerReferences"] = owners } };
        await host.PatchAsync(key.Resource, key.Name, Patch.Merge(patch), Brief, cancellationToken);
    }

    private async Task WriteStatusAsync(VersionKey key, RecordedVersions versions, CancellationToken cancellationToken)
    {
        var patch = Patch.Merge(new JsonObject
        {
            ["status"] = JsonSerializer.SerializeToNode(versions.Status, FederationJsonContext.Default.PropagatedVersionStatus),
        });
        if (!_statusIsApart)
        {
            var written = await host.PatchAsync(key.Resource, key.Name, patch, Write, cancellationToken);
            if (Shows(written, versions))
            {
                return;
            }

            _statusIsApart = true;
        }

        try
        {
            await host.PatchAsync(key.Resource, key.Name, patch, Brief with { Subresource = "status" }, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            // Either the object is gone or the subresource: the next attempt tells.
            _statusIsApart = false;
            throw;
        }
    }

    private static bool HasStatus(KubeObject value) => value.TryGetRaw(out _, "status");

    // Not the members that are ours alone: a definition of others may drop them.
    private static bool Shows(KubeObject written, RecordedVersions versions) =>
        written.Deserialize(FederationJsonContext.Default.PropagatedVersion).Status is { } status
        && status.TemplateVersion == versions.Status.TemplateVersion
        && status.OverridesVersion == versions.Status.OverridesVersion
        && status.ClusterVersions.Select(Of).SequenceEqual(versions.Status.ClusterVersions.Select(Of));

    private static (string Cluster, string Version) Of(ClusterObjectVersion version) => (version.ClusterName, version.Version);
}
