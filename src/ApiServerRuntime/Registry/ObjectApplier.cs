using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Server-side apply: to objects that exist, and to those that it creates.</summary>
internal sealed class ObjectApplier(WriteServices services)
{
    private const int MaxTries = 8;
    private readonly GuaranteedUpdate _update = new(services);
    private readonly Successor _successor = new(services);
    private readonly ObjectCreator _creator = new(services);

    public async Task<PatchResult> ApplyAsync(WriteSession session, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        RequireManager(session);
        var (tree, duplicates) = PatchDocument.ReadTree(body);
        if (tree is not JsonObject config)
        {
            throw StatusErrors.BadRequest("error decoding YAML: an apply configuration is an object");
        }

        CheckConfiguration(session, config, duplicates);
        for (int attempt = 1; ; attempt++)
        {
            var applied = await _update.RunAsync(
                session,
                (current, token) => _successor.MakeAsync(session, Merge(session, config, current), current, applied: true, token),
                cancellationToken).ConfigureAwait(false);
            if (applied is not null)
            {
                return new PatchResult(applied, Created: false);
            }

            try
            {
                return await CreateAsync(session, config, cancellationToken).ConfigureAwait(false);
            }
            catch (StatusException e) when (e.IsAlreadyExists && attempt < MaxTries)
            {
                // Created by somebody else since it was looked for: apply to that.
            }
        }
    }

    private async Task<PatchResult> CreateAsync(WriteSession session, JsonObject config, CancellationToken cancellationToken)
    {
        if (session.Context.Subresource.Length > 0)
        {
            throw StatusErrors.NotFound(session.Context.Type.GroupResource, session.Context.Name);
        }

        if (services.Options.AuthorizeCreate is { } authorize)
        {
            await authorize(session.Context, cancellationToken).ConfigureAwait(false);
        }

        string uid = Tree.Text(Tree.Metadata(config), "uid");
        if (uid.Length > 0)
        {
            throw StatusErrors.Conflict(
                session.Context.Type.GroupResource,
                session.Context.Name,
                $"uid mismatch: the provided object specified uid {uid}, and no existing object was found");
        }

        var root = session.Version.Apply(session, null, config);
        session.Version.Default(root);
        return new PatchResult(await _creator.CreateAsync(session, root, applied: true, cancellationToken).ConfigureAwait(false), Created: true);
    }

    private static JsonObject Merge(WriteSession session, JsonObject config, CurrentObject current)
    {
        ObjectPatcher.CheckVersion(session, Tree.Metadata(config), current);
        var root = session.Version.Apply(session, current.Tree, config);
        session.Version.Default(root);
        return root;
    }

    private static void RequireManager(WriteSession session)
    {
        if (string.IsNullOrEmpty(session.Options.FieldManager))
        {
            throw StatusErrors.Invalid(
                new GroupKind("meta.k8s.io", "PatchOptions"),
                string.Empty,
                [FieldError.Required(FieldPath.Root("fieldManager"), "is required for apply patch").ToCause()]);
        }
    }

    private static void CheckConfiguration(WriteSession session, JsonObject config, IReadOnlyList<string> duplicates)
    {
        if (duplicates.Count > 0)
        {
            throw StatusErrors.BadRequest($"error decoding YAML: duplicate field \"{duplicates[0]}\"");
        }

        var metadata = Tree.Metadata(config);
        if (metadata["managedFields"] is not null)
        {
            throw StatusErrors.BadRequest("metadata.managedFields must be nil");
        }

        string apiVersion = Tree.Text(config, "apiVersion");
        if (apiVersion != session.Version.ApiVersion)
        {
            throw StatusErrors.BadRequest($"Incorrect version specified in apply patch. Specified patch version: {apiVersion}, expected: {session.Version.ApiVersion}");
        }

        if (Tree.Text(config, "kind") != session.Version.Kind.Kind)
        {
            session.Throw(
                [FieldError.Invalid(FieldPath.Root("kind"), Tree.Text(config, "kind"), $"must be {session.Version.Kind.Kind}")], session.Context.Name);
        }

        if (Tree.Text(metadata, "name").Length == 0)
        {
            metadata["name"] = session.Context.Name;
        }

        MetadataRules.CheckNamed(session, metadata);
        MetadataRules.FixNamespace(session, metadata);
    }
}
