using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Admission;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Creates objects.</summary>
internal sealed class ObjectCreator(WriteServices services)
{
    /// <summary>Creates the object of a tree that was pruned and defaulted.</summary>
    /// <param name="session">The request.</param>
    /// <param name="root">The object; its managed fields are already those of the write when it is applied.</param>
    /// <param name="applied">Whether an apply creates it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<KubeObject> CreateAsync(WriteSession session, JsonObject root, bool applied, CancellationToken cancellationToken)
    {
        var metadata = Tree.Metadata(root);
        MetadataRules.FillNew(session, metadata);
        MetadataWarnings.Apply(metadata, null, session.Context.Warnings);
        string prefix = Tree.Text(metadata, "name").Length == 0 ? Tree.Text(metadata, "generateName") : string.Empty;
        if (prefix.Length > 0)
        {
            metadata["name"] = NameGenerator.Next(prefix);
        }

        if (session.SeparatesStatus)
        {
            root.Remove("status");
        }

        await AdmitAsync(session, root, applied, cancellationToken).ConfigureAwait(false);
        return await StoreAsync(session, root, prefix, cancellationToken).ConfigureAwait(false);
    }

    private async Task AdmitAsync(WriteSession session, JsonObject root, bool applied, CancellationToken cancellationToken)
    {
        var request = session.Admission(AdmissionOperation.Create, root, null);
        await services.Admission.MutateAsync(request, cancellationToken).ConfigureAwait(false);
        if (!applied)
        {
            session.Version.Track(session, null, root);
        }

        session.Throw(session.Version.Validate(root, null), Tree.Text(Tree.Metadata(root), "name"));
        await services.Admission.ValidateAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<KubeObject> StoreAsync(WriteSession session, JsonObject root, string prefix, CancellationToken cancellationToken)
    {
        var metadata = Tree.Metadata(root);
        for (int attempt = 1; ; attempt++)
        {
            string name = Tree.Text(metadata, "name");
            string key = session.KeyOf(name);
            var bytes = Encode(session, root);
            var (created, current) = await WriteAsync(session, key, bytes, cancellationToken).ConfigureAwait(false);
            if (created is not null)
            {
                return created;
            }

            if (prefix.Length == 0 || attempt == NameGenerator.Tries)
            {
                throw Taken(session, name, current, generated: prefix.Length > 0);
            }

            metadata["name"] = NameGenerator.Next(prefix);
        }
    }

    private async Task<(KubeObject? Created, KubeObject? Current)> WriteAsync(
        WriteSession session, string key, byte[] bytes, CancellationToken cancellationToken)
    {
        var type = session.Context.Type;
        if (session.Options.DryRun)
        {
            var present = await services.Storage.GetAsync(key, cancellationToken).ConfigureAwait(false);
            return present is null
                ? (session.Version.FromStorage(KubeObject.Parse(bytes)), null)
                : (null, StoredObjectCodec.Decode(present, type));
        }

        var result = await services.Storage.CreateAsync(key, bytes, type.TimeToLive, cancellationToken).ConfigureAwait(false);
        if (result.Succeeded)
        {
            return (session.Version.FromStorage(KubeObject.Parse(StoredObjectCodec.WithResourceVersion(bytes, result.Revision))), null);
        }

        return (null, result.Current is null ? null : StoredObjectCodec.Decode(result.Current, type));
    }

    private byte[] Encode(WriteSession session, JsonObject root) => ObjectBytes.Encode(session, root, services.Options.MaxObjectBytes);

    private static StatusException Taken(WriteSession session, string name, KubeObject? current, bool generated)
    {
        var exists = StatusErrors.AlreadyExists(session.Context.Type.GroupResource, name);
        if (generated)
        {
            return new StatusException(exists.Status with
            {
                Message = $"{exists.Status.Message}, the server was not able to generate a unique name for the object",
                Details = exists.Status.Details! with { RetryAfterSeconds = 1 },
            });
        }

        return current is { Metadata.IsDeleting: true }
            ? new StatusException(exists.Status with { Message = $"object is being deleted: {exists.Status.Message}" })
            : exists;
    }
}
