using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Replaces objects and their status.</summary>
internal sealed class ObjectUpdater(WriteServices services)
{
    private readonly GuaranteedUpdate _update = new(services);
    private readonly Successor _successor = new(services);

    public async Task<KubeObject> UpdateAsync(WriteSession session, RequestBody body, CancellationToken cancellationToken)
    {
        var root = body.Root;
        var metadata = Tree.Metadata(root);
        MetadataRules.CheckNamed(session, metadata);
        MetadataRules.FixNamespace(session, metadata);
        var sent = SentIdentity.Of(metadata);
        ObjectIntake.Accept(session, body);
        var managedFields = Tree.Metadata(root)["managedFields"]?.DeepClone();
        var updated = await _update.RunAsync(
            session,
            (current, token) =>
            {
                Check(session, sent, current);
                Tree.Set(Tree.Metadata(root), "managedFields", managedFields?.DeepClone());
                return _successor.MakeAsync(session, root, current, applied: false, token);
            },
            cancellationToken).ConfigureAwait(false);
        return updated ?? throw StatusErrors.NotFound(session.Context.Type.GroupResource, session.Context.Name);
    }

    /// <summary>409 when another state or another object is meant, 422 when none is named where one must be.</summary>
    private static void Check(WriteSession session, SentIdentity sent, CurrentObject current)
    {
        var type = session.Context.Type;
        if (sent.Uid.Length > 0 && sent.Uid != current.Metadata.Uid)
        {
            throw StatusErrors.Conflict(
                type.GroupResource,
                session.Context.Name,
                $"Precondition failed: UID in precondition: {sent.Uid}, UID in object meta: {current.Metadata.Uid}");
        }

        if (sent.ResourceVersion.Length == 0 && !type.AllowUnconditionalUpdate)
        {
            throw StatusErrors.Invalid(
                new GroupKind(type.Group, type.Plural),
                session.Context.Name,
                [FieldError.Invalid(FieldPath.Root("metadata").Child("resourceVersion"), 0, "must be specified for an update").ToCause()]);
        }

        if (sent.ResourceVersion.Length > 0 && sent.ResourceVersion != current.ResourceVersion)
        {
            throw GuaranteedUpdate.Conflict(session);
        }
    }
}
