using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Revisions;

/// <summary>
/// The templates that a stateful set or daemon set had, kept as ControllerRevisions, which kubectl rollout history and undo read.
/// </summary>
internal sealed class RevisionHistory(Cluster cluster, OwnWrites writes)
{
    public const string HashLabel = "controller-revision-hash";
    private const int DefaultLimit = 10;
    private readonly IInformer _revisions = cluster.Informer(KubeResources.ControllerRevisions);

    /// <summary>The revision of the owner's present template, made or made the newest where it is not. Null when it must be looked at again.</summary>
    public async Task<Revision?> CurrentAsync(KubeObject owner, CancellationToken cancellationToken)
    {
        var template = owner.GetNode("spec", "template")!.AsObject();
        var data = Data(template);
        var all = Of(owner);
        var newest = all.Count == 0 ? 0 : NumberOf(all[^1]);
        if (all.FirstOrDefault(revision => JsonEquality.Equal(revision.GetNode("data"), data)) is not { } known)
        {
            return await CreateAsync(owner, template, data, newest + 1, cancellationToken) is { } made ? new Revision(made, template) : null;
        }

        if (NumberOf(known) < newest)
        {
            var patch = Patch.Merge(new JsonObject { ["revision"] = newest + 1 });
            writes.Wrote(
                owner.Key, _revisions, await cluster.Client.PatchAsync(KubeResources.ControllerRevisions, known.Key, patch, cancellationToken: cancellationToken));
        }

        return new Revision(HashOf(known), template);
    }

    /// <summary>The template of a revision by its name; null when it is not kept any more.</summary>
    public Revision? Find(KubeObject owner, string? name) =>
        Of(owner).FirstOrDefault(revision => revision.Metadata.Name == name) is { } found && found.GetNode("data", "spec", "template") is JsonObject template
            ? new Revision(HashOf(found), Plain(template))
            : null;

    /// <summary>Removes the oldest revisions beyond the limit that no pod has.</summary>
    public async Task TrimAsync(KubeObject owner, int? limit, IReadOnlySet<string> used, CancellationToken cancellationToken)
    {
        var all = Of(owner);
        var idle = all.Where(revision => !used.Contains(HashOf(revision))).ToList();
        foreach (var revision in idle.Take(Math.Max(0, idle.Count - (limit ?? DefaultLimit))))
        {
            writes.Deleted(owner.Key, _revisions, revision, await cluster.Client.DeleteAsync(
                KubeResources.ControllerRevisions, revision.Key, new DeleteOptions { PreconditionUid = revision.Metadata.Uid }, cancellationToken));
        }
    }

    /// <summary>What a revision is called, given its hash.</summary>
    public static string NameOf(KubeObject owner, string hash) => $"{owner.Metadata.Name}-{hash}";

    private List<KubeObject> Of(KubeObject owner) => [.. _revisions.Store.ControlledBy(owner.Metadata).OrderBy(NumberOf)];

    private static string HashOf(KubeObject revision) => revision.Metadata.Labels.TryGetValue(HashLabel, out var hash) ? hash : "";

    private static long NumberOf(KubeObject revision) => revision.GetNode("revision")?.GetValue<long>() ?? 0;

    // The form of a strategic merge patch, which is how undo applies it.
    private static JsonObject Data(JsonObject template)
    {
        var copy = template.DeepClone().AsObject();
        copy["$patch"] = "replace";
        return new JsonObject { ["spec"] = new JsonObject { ["template"] = copy } };
    }

    private static JsonObject Plain(JsonObject template)
    {
        template.Remove("$patch");
        return template;
    }

    private async Task<string?> CreateAsync(KubeObject owner, JsonObject template, JsonObject data, long number, CancellationToken cancellationToken)
    {
        var hash = TemplateHash.Of(template);
        var labels = template["metadata"]?["labels"]?.DeepClone() as JsonObject ?? [];
        labels[HashLabel] = hash;
        var revision = new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ControllerRevision",
            ["metadata"] = new JsonObject
            {
                ["name"] = NameOf(owner, hash),
                ["namespace"] = owner.Metadata.Namespace,
                ["labels"] = labels,
                ["ownerReferences"] = Ownership.ReferenceTo(owner),
            },
            ["data"] = data,
            ["revision"] = number,
        };
        try
        {
            writes.Wrote(owner.Key, _revisions, await cluster.Client.CreateAsync(
                KubeResources.ControllerRevisions, KubeObject.FromNode(revision), cancellationToken: cancellationToken));
            return hash;
        }
        catch (StatusException refusal) when (refusal.IsAlreadyExists)
        {
            return null;
        }
    }
}
