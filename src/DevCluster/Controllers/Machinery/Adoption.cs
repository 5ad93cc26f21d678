using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Selectors;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Machinery;

/// <summary>
/// Settles which objects are an owner's, as kube-controller-manager does: what nobody controls and the owner's selector chooses is adopted,
/// and what the owner controls and its selector no longer chooses is released. An owner that is being deleted does neither.
/// </summary>
internal sealed class Adoption(Cluster cluster, OwnWrites writes, IInformer owners, IInformer objects)
{
    /// <summary>Whether a selector chooses these labels. No selector, and one that cannot be read, choose nothing.</summary>
    public static bool Chooses(LabelSelector? selector, StringMap labels)
    {
        try
        {
            return LabelSelector.ToSelector(selector).Matches(labels);
        }
        catch (SelectorFormatException)
        {
            return false;
        }
    }

    /// <summary>The objects that are the owner's, in the order of their names.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="selector">Its selector; without one what it controls is its own, and nothing else.</param>
    /// <param name="mayAdopt">Whether an object that is chosen can be the owner's at all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<KubeObject>> ClaimAsync(
        KubeObject owner, LabelSelector? selector, Func<KubeObject, bool> mayAdopt, CancellationToken cancellationToken)
    {
        var controlled = objects.Store.ControlledBy(owner.Metadata).ToList();
        if (selector is null || owner.Metadata.IsDeleting)
        {
            return controlled;
        }

        var kept = new List<KubeObject>();
        foreach (var value in controlled)
        {
            if (Chooses(selector, value.Metadata.Labels))
            {
                kept.Add(value);
            }
            else
            {
                await ReleaseAsync(owner, value, cancellationToken);
            }
        }

        var orphans = objects.Store.Orphans(owner.Metadata.Namespace)
            .Where(value => !value.Metadata.IsDeleting && Chooses(selector, value.Metadata.Labels) && mayAdopt(value))
            .ToList();
        if (orphans.Count > 0 && await IsAliveAsync(owner, cancellationToken))
        {
            foreach (var value in orphans)
            {
                kept.Add(await AdoptAsync(owner, value, cancellationToken));
            }
        }

        return [.. kept.OrderBy(static value => value.Metadata.Name, StringComparer.Ordinal)];
    }

    // The informer may not know yet that the owner is being deleted and has just let go of what it had.
    private async Task<bool> IsAliveAsync(KubeObject owner, CancellationToken cancellationToken)
    {
        try
        {
            var present = await cluster.Client.GetAsync(owners.Resource, owner.Key, cancellationToken: cancellationToken);
            return present.Metadata.Uid == owner.Metadata.Uid && !present.Metadata.IsDeleting;
        }
        catch (StatusException refusal) when (refusal.IsNotFound)
        {
            return false;
        }
    }

    private Task<KubeObject> AdoptAsync(KubeObject owner, KubeObject value, CancellationToken cancellationToken) =>
        WriteAsync(owner, value, [.. OwnersOf(value), .. Ownership.ReferenceTo(owner).Select(static reference => reference!.DeepClone())], cancellationToken);

    private Task<KubeObject> ReleaseAsync(KubeObject owner, KubeObject value, CancellationToken cancellationToken) =>
        WriteAsync(owner, value, OwnersOf(value).Where(reference => (string?)reference["uid"] != owner.Metadata.Uid), cancellationToken);

    private async Task<KubeObject> WriteAsync(KubeObject owner, KubeObject value, IEnumerable<JsonNode> references, CancellationToken cancellationToken)
    {
        var patch = new JsonObject()
            .Put(value.Metadata.Uid, "metadata", "uid")
            .Put(value.Metadata.ResourceVersion, "metadata", "resourceVersion")
            .Put(new JsonArray([.. references]), "metadata", "ownerReferences");
        var written = await cluster.Client.PatchAsync(objects.Resource, value.Key, Patch.Merge(patch), cancellationToken: cancellationToken);
        writes.Wrote(owner.Key, objects, written);
        return written;
    }

    private static IEnumerable<JsonNode> OwnersOf(KubeObject value) =>
        (value.GetNode("metadata", "ownerReferences") as JsonArray ?? []).OfType<JsonObject>().Select(static reference => reference.DeepClone());
}
