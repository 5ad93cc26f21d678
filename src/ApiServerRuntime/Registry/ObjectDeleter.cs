using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Admission;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Deletes objects, or marks them while finalizers hold them.</summary>
internal sealed class ObjectDeleter(WriteServices services)
{
    private const int MaxTries = 256;
    private const long MaxGraceSeconds = 366L * 24 * 3600;
    private const string Orphan = "orphan";
    private const string Foreground = "foregroundDeletion";
    private readonly CurrentReader _reader = new(services);

    /// <summary>Deletes the object of that name.</summary>
    /// <exception cref="StatusException">404; 409 when a precondition does not hold.</exception>
    public async Task<DeleteResult> DeleteAsync(WriteSession session, string name, DeleteOptions options, CancellationToken cancellationToken)
    {
        string key = session.KeyOf(name);
        var current = await _reader.CachedAsync(session, key, cancellationToken).ConfigureAwait(false);
        for (int attempt = 1; current is not null && attempt <= MaxTries; attempt++)
        {
            try
            {
                Check(session, options, current.Metadata);
                await services.Admission
                    .ValidateAsync(session.Admission(AdmissionOperation.Delete, null, current.Object), cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (StatusException) when (current.FromCache)
            {
                current = await _reader.FreshAsync(session, key, cancellationToken).ConfigureAwait(false);
                continue;
            }

            var (done, next) = await StepAsync(session, key, options, current, cancellationToken).ConfigureAwait(false);
            if (done is not null)
            {
                return done;
            }

            current = next;
        }

        throw current is null ? StatusErrors.NotFound(session.Context.Type.GroupResource, name) : GuaranteedUpdate.Conflict(session);
    }

    private async Task<(DeleteResult? Done, CurrentObject? Next)> StepAsync(
        WriteSession session, string key, DeleteOptions options, CurrentObject current, CancellationToken cancellationToken)
    {
        var finalizers = Finalizers(current.Metadata.Finalizers, options.PropagationPolicy);
        long grace = GraceOf(session, options, current);
        if (grace == 0 && finalizers.Count == 0 && session.Context.Type.Hold?.IsHeld(current.Tree) != true)
        {
            return await RemoveAsync(session, key, current, cancellationToken).ConfigureAwait(false);
        }

        if (current.Metadata.IsDeleting
            && grace == (current.Metadata.DeletionGracePeriodSeconds ?? 0)
            && finalizers.SequenceEqual(current.Metadata.Finalizers, StringComparer.Ordinal))
        {
            var fresh = current.FromCache ? await _reader.FreshAsync(session, key, cancellationToken).ConfigureAwait(false) : current;
            return fresh?.Revision == current.Revision ? (new DeleteResult(null, current.Object), null) : (null, fresh);
        }

        return await MarkAsync(session, key, current, finalizers, grace, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(DeleteResult? Done, CurrentObject? Next)> RemoveAsync(
        WriteSession session, string key, CurrentObject current, CancellationToken cancellationToken)
    {
        if (!session.Options.DryRun)
        {
            var result = await services.Storage.DeleteAsync(key, current.Revision, cancellationToken).ConfigureAwait(false);
            if (!result.Succeeded)
            {
                return (null, CurrentReader.Decode(session, result.Current));
            }
        }

        var type = session.Context.Type;
        var status = new Status
        {
            Outcome = "Success",
            Details = new StatusDetails
            {
                Name = current.Metadata.Name,
                Group = type.Group.Length == 0 ? null : type.Group,
                Kind = type.Plural,
                Uid = current.Metadata.Uid,
            },
        };
        return (new DeleteResult(status, null), null);
    }

    private async Task<(DeleteResult? Done, CurrentObject? Next)> MarkAsync(
        WriteSession session, string key, CurrentObject current, List<string> finalizers, long grace, CancellationToken cancellationToken)
    {
        var root = current.Object.ToNode();
        var metadata = Tree.Metadata(root);
        Tree.Set(metadata, "finalizers", finalizers.Count == 0 ? null : new JsonArray([.. finalizers.Select(static f => JsonValue.Create(f))]));
        if (!current.Metadata.IsDeleting)
        {
            Tree.SetTime(metadata, "deletionTimestamp", session.Now.AddSeconds(grace));
            MetadataRules.SetLong(metadata, "deletionGracePeriodSeconds", grace);
            MetadataRules.SetGeneration(session, metadata, current.Metadata.Generation + 1);
            session.Context.Type.Hold?.Mark(root);
        }
        else if (grace != (current.Metadata.DeletionGracePeriodSeconds ?? 0))
        {
            Tree.SetTime(metadata, "deletionTimestamp", session.Now.AddSeconds(grace));
            MetadataRules.SetLong(metadata, "deletionGracePeriodSeconds", grace);
        }

        byte[] bytes = ObjectBytes.Encode(session, root, services.Options.MaxObjectBytes);
        long revision = current.Revision;
        if (!session.Options.DryRun)
        {
            var result = await services.Storage
                .UpdateAsync(key, bytes, current.Revision, session.Context.Type.TimeToLive, cancellationToken)
                .ConfigureAwait(false);
            if (!result.Succeeded)
            {
                return (null, CurrentReader.Decode(session, result.Current));
            }

            revision = result.Revision;
        }

        var marked = KubeObject.Parse(StoredObjectCodec.WithResourceVersion(bytes, revision));
        return (new DeleteResult(null, session.Version.FromStorage(marked)), null);
    }

    // A further deletion can shorten the grace and never lengthen it.
    private static long GraceOf(WriteSession session, DeleteOptions options, CurrentObject current)
    {
        long own = session.Context.Type.GracePeriod?.Invoke(current.Tree) ?? 0;
        if (current.Metadata.IsDeleting)
        {
            long left = own == 0 ? 0 : current.Metadata.DeletionGracePeriodSeconds ?? 0;
            return options.GracePeriodSeconds is { } less ? Math.Clamp(less, 0, left) : left;
        }

        return own == 0 ? 0 : Math.Clamp(options.GracePeriodSeconds ?? own, 0, MaxGraceSeconds);
    }

    private static List<string> Finalizers(IReadOnlyList<string> present, PropagationPolicy policy)
    {
        if (policy == PropagationPolicy.Unset)
        {
            return [.. present];
        }

        var finalizers = present.Where(static f => f is not (Orphan or Foreground)).ToList();
        if (policy is PropagationPolicy.Orphan or PropagationPolicy.Foreground)
        {
            finalizers.Add(policy == PropagationPolicy.Orphan ? Orphan : Foreground);
        }

        return finalizers;
    }

    private static void Check(WriteSession session, DeleteOptions options, ObjectMeta metadata)
    {
        var kind = new GroupResource(session.Context.Type.Group, session.Context.Type.Kind);
        if (options.PreconditionUid is { Length: > 0 } uid && uid != metadata.Uid)
        {
            throw StatusErrors.Conflict(
                kind,
                metadata.Name,
                $"the UID in the precondition ({uid}) does not match the UID in record ({metadata.Uid}). "
                + "The object might have been deleted and then recreated");
        }

        if (options.PreconditionResourceVersion is { Length: > 0 } version && version != metadata.ResourceVersion)
        {
            throw StatusErrors.Conflict(
                kind,
                metadata.Name,
                $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record "
                + $"({metadata.ResourceVersion}). The object might have been modified");
        }
    }
}
