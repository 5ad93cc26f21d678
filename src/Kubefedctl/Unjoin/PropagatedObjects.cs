using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Unjoin;

/// <summary>Deletes what the control plane propagated to a member, by the label that it put on.</summary>
internal sealed class PropagatedObjects(ClusterConnection member, Progress progress, TimeProvider time)
{
    /// <summary>Deletions sent at a time.</summary>
    private const int AtOnce = 16;

    private static readonly ListOptions Managed = new()
    {
        LabelSelector = FederationLabels.ManagedSelector,
        Representation = Representation.Metadata,
    };

    private static readonly string[] ClustersOwn = ["default", "kube-system", "kube-public", "kube-node-lease"];

    /// <summary>The types to delete objects of; without namespaces.</summary>
    public required IReadOnlyList<GroupVersionResource> Types { get; init; }

    /// <summary>The one namespace that the federation spans, or null for all.</summary>
    public required string? TargetNamespace { get; init; }

    /// <summary>The control plane's namespace, which is not its to delete here.</summary>
    public required string KubeFedNamespace { get; init; }

    /// <summary>Whether the member is the host too, whose namespaces are where the federated objects live.</summary>
    public required bool IsHost { get; init; }

    /// <summary>Deletes all propagated objects of a type; those that finalizers keep are gone when the member is done with them.</summary>
    public async Task DeleteAsync(GroupVersionResource type, CancellationToken cancellationToken)
    {
        var deleted = 0;
        var isGone = await Poll.UntilAsync(
            time,
            Poll.Interval,
            Poll.Timeout,
            async c =>
            {
                var left = await ListAsync(type, c);
                deleted += await DeleteAsync(type, left, c);
                return left.Count == 0 || progress.IsDryRun ? "gone" : null;
            },
            cancellationToken);
        if (deleted > 0)
        {
            progress.Done($"  member: {deleted} of {type.GroupResource} deleted");
        }

        if (isGone is null)
        {
            throw new UserException(
                $"{member.Title}: objects of {type.GroupResource} that were propagated come back; check that no control plane writes to the cluster, and unjoin again");
        }
    }

    /// <summary>
    /// Deletes the propagated namespaces that hold nothing any more, or soon: deletions take their time. The host's own only lose their label.
    /// </summary>
    public async Task DeleteNamespacesAsync(CancellationToken cancellationToken)
    {
        if (TargetNamespace is not null)
        {
            return;
        }

        var kept = new Dictionary<KubeObject, string>();
        foreach (var found in await ListAsync(KubeResources.Namespaces, cancellationToken))
        {
            if (IsHost)
            {
                await ReleaseAsync(found, cancellationToken);
            }
            else if (found.Metadata.Name != KubeFedNamespace && !ClustersOwn.Contains(found.Metadata.Name, StringComparer.Ordinal))
            {
                kept.Add(found, "");
            }
        }

        if (progress.IsDryRun)
        {
            kept.Keys.ToList().ForEach(found => progress.Done($"  member: namespace/{found.Metadata.Name} deleted unless it holds anything else"));
            return;
        }

        await Poll.UntilAsync(
            time, Poll.Interval, Poll.Timeout, async c => await AreDeletedAsync(kept, c) ? "deleted" : null, cancellationToken);
        foreach (var (found, content) in kept)
        {
            progress.Note($"  member: namespace/{found.Metadata.Name} kept: it holds {content}");
        }
    }

    private async Task<IReadOnlyList<KubeObject>> ListAsync(GroupVersionResource type, CancellationToken cancellationToken)
    {
        var found = new List<KubeObject>();
        try
        {
            await foreach (var item in member.Client.ListAllAsync(type, TargetNamespace, Managed, cancellationToken))
            {
                if (!item.Metadata.IsDeleting)
                {
                    found.Add(item);
                }
            }
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            // The member does not serve the type, so it holds nothing of it.
        }

        return found;
    }

    private async Task<int> DeleteAsync(GroupVersionResource type, IReadOnlyList<KubeObject> objects, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var some in objects.Chunk(AtOnce))
        {
            deleted += (await Task.WhenAll(some.Select(o => TryDeleteAsync(type, o, cancellationToken)))).Count(static d => d);
        }

        return deleted;
    }

    private async Task<bool> TryDeleteAsync(GroupVersionResource type, KubeObject seen, CancellationToken cancellationToken)
    {
        try
        {
            return await member.Client.TryDeleteAsync(type, seen.Key, DeleteOptionsFor.Only(seen), cancellationToken);
        }
        catch (StatusException e) when (e.IsConflict)
        {
            // Another object of that name by now: the next look finds it if it is one of these.
            return false;
        }
    }

    private async Task ReleaseAsync(KubeObject found, CancellationToken cancellationToken)
    {
        var labels = new JsonObject { [FederationLabels.Managed] = null };
        await member.Client.PatchAsync(
            KubeResources.Namespaces,
            found.Key,
            Patch.Merge(new JsonObject { ["metadata"] = new JsonObject { ["labels"] = labels } }),
            new WriteOptions { FieldManager = ObjectEnsurer.FieldManager },
            cancellationToken);
        progress.Done($"  member: namespace/{found.Metadata.Name} kept, being the host's own; its label {FederationLabels.Managed} removed");
    }

    /// <summary>Deletes those that are empty, and notes what is in the others. Whether none is left.</summary>
    private async Task<bool> AreDeletedAsync(Dictionary<KubeObject, string> namespaces, CancellationToken cancellationToken)
    {
        foreach (var found in namespaces.Keys.ToArray())
        {
            if (await NamespaceContents.FindForeignAsync(member, found.Metadata.Name, cancellationToken) is { } foreign)
            {
                namespaces[found] = foreign;
                continue;
            }

            namespaces.Remove(found);
            if (await TryDeleteAsync(KubeResources.Namespaces, found, cancellationToken))
            {
                progress.Done($"  member: namespace/{found.Metadata.Name} deleted");
            }
        }

        return namespaces.Count == 0;
    }
}
