using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Apply;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>
/// Changes stored objects: begins with the cached one, and begins again with what the storage holds when somebody else was faster
/// (etcd3's GuaranteedUpdate in kube-apiserver).
/// </summary>
internal sealed class GuaranteedUpdate(WriteServices services)
{
    private const int MaxTries = 256;
    private readonly CurrentReader _reader = new(services);

    /// <summary>Runs a change until it is stored.</summary>
    /// <param name="session">The request; its context names the object.</param>
    /// <param name="change">
    /// Makes the successor, in the version of the request, of the object that there is. Called again with a newer one after a conflict. Null
    /// from it is passed on as a null result.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The object as it is now stored, in the version of the request; null when it does not exist.</returns>
    public async Task<KubeObject?> RunAsync(
        WriteSession session, Func<CurrentObject, CancellationToken, ValueTask<JsonObject>> change, CancellationToken cancellationToken)
    {
        string key = session.KeyOf(session.Context.Name);
        var current = await _reader.CachedAsync(session, key, cancellationToken).ConfigureAwait(false);
        for (int attempt = 1; current is not null; attempt++)
        {
            var (done, result, next) = await StepAsync(session, key, current, change, cancellationToken).ConfigureAwait(false);
            if (done)
            {
                return result;
            }

            if (attempt == MaxTries)
            {
                throw Conflict(session);
            }

            current = next;
        }

        return null;
    }

    /// <summary>409: somebody else was faster.</summary>
    public static StatusException Conflict(WriteSession session) => StatusErrors.Conflict(
        session.Context.Type.GroupResource,
        session.Context.Name,
        "the object has been modified; please apply your changes to the latest version and try again");

    private async Task<(bool Done, KubeObject? Result, CurrentObject? Next)> StepAsync(
        WriteSession session,
        string key,
        CurrentObject current,
        Func<CurrentObject, CancellationToken, ValueTask<JsonObject>> change,
        CancellationToken cancellationToken)
    {
        JsonObject tree;
        try
        {
            tree = await change(current, cancellationToken).ConfigureAwait(false);
        }
        catch (StatusException) when (current.FromCache)
        {
            var fresh = await _reader.FreshAsync(session, key, cancellationToken).ConfigureAwait(false);
            if (fresh?.Revision == current.Revision)
            {
                throw;
            }

            return (false, null, fresh);
        }

        byte[] bytes = ObjectBytes.Encode(session, tree, services.Options.MaxObjectBytes);
        if (IsGone(tree) && session.Context.Type.Hold?.IsHeld(tree) != true)
        {
            return await RemoveAsync(session, key, current, bytes, cancellationToken).ConfigureAwait(false);
        }

        return ObjectBytes.AreThoseOf(bytes, current) || IsOldButForTimes(tree, bytes, current)
            ? await KeepAsync(session, key, current, cancellationToken).ConfigureAwait(false)
            : await WriteAsync(session, key, current, bytes, cancellationToken).ConfigureAwait(false);
    }

    // The times of managed fields alone are no change. Equal but for times means equal in length.
    private static bool IsOldButForTimes(JsonObject tree, byte[] bytes, CurrentObject current) =>
        ObjectBytes.HaveLengthOf(bytes, current) && FieldManager.SameButTimes(Content(tree), Content(current.Tree));

    private static JsonObject Content(JsonObject tree)
    {
        var copy = (JsonObject)tree.DeepClone();
        Tree.Metadata(copy).Remove("resourceVersion");
        return copy;
    }

    // Deletion was asked for, and nobody holds the object any more.
    private static bool IsGone(JsonObject tree)
    {
        var metadata = Tree.Metadata(tree);
        return metadata.ContainsKey("deletionTimestamp")
            && Tree.IsEmptyList(metadata, "finalizers")
            && (metadata["deletionGracePeriodSeconds"] is not JsonValue grace || !grace.TryGetValue(out long seconds) || seconds == 0);
    }

    private async Task<(bool Done, KubeObject? Result, CurrentObject? Next)> KeepAsync(
        WriteSession session, string key, CurrentObject current, CancellationToken cancellationToken)
    {
        if (!current.FromCache)
        {
            return (true, current.Object, null);
        }

        var fresh = await _reader.FreshAsync(session, key, cancellationToken).ConfigureAwait(false);
        return fresh?.Revision == current.Revision ? (true, fresh.Object, null) : (false, null, fresh);
    }

    private async Task<(bool Done, KubeObject? Result, CurrentObject? Next)> WriteAsync(
        WriteSession session, string key, CurrentObject current, byte[] bytes, CancellationToken cancellationToken)
    {
        if (session.Options.DryRun)
        {
            return (true, Result(session, bytes, current.Revision), null);
        }

        var result = await services.Storage
            .UpdateAsync(key, bytes, current.Revision, session.Context.Type.TimeToLive, cancellationToken)
            .ConfigureAwait(false);
        return result.Succeeded
            ? (true, Result(session, bytes, result.Revision), null)
            : (false, null, CurrentReader.Decode(session, result.Current));
    }

    private async Task<(bool Done, KubeObject? Result, CurrentObject? Next)> RemoveAsync(
        WriteSession session, string key, CurrentObject current, byte[] bytes, CancellationToken cancellationToken)
    {
        if (session.Options.DryRun)
        {
            return (true, Result(session, bytes, current.Revision), null);
        }

        var result = await services.Storage.DeleteAsync(key, current.Revision, cancellationToken).ConfigureAwait(false);
        return result.Succeeded
            ? (true, Result(session, bytes, current.Revision), null)
            : (false, null, CurrentReader.Decode(session, result.Current));
    }

    private static KubeObject Result(WriteSession session, byte[] bytes, long revision) =>
        session.Version.FromStorage(KubeObject.Parse(StoredObjectCodec.WithResourceVersion(bytes, revision)));
}
