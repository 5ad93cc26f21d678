using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Writes through the scale subresource.</summary>
internal sealed class ScaleEndpoint(WriteServices services)
{
    private readonly GuaranteedUpdate _update = new(services);
    private readonly Successor _successor = new(services);

    public Task<KubeObject> UpdateAsync(WriteSession session, RequestBody body, CancellationToken cancellationToken)
    {
        var metadata = Tree.Metadata(body.Root);
        MetadataRules.CheckNamed(session, metadata);
        MetadataRules.FixNamespace(session, metadata);
        return RunAsync(session, _ => body.Root, cancellationToken);
    }

    public Task<KubeObject> PatchAsync(WriteSession session, Patch patch, CancellationToken cancellationToken)
    {
        var document = PatchDocument.Read(session.Version, patch);
        return RunAsync(session, current => document.Apply(ScaleView.Of(session.Context, current.Object).ToNode()), cancellationToken);
    }

    private async Task<KubeObject> RunAsync(WriteSession session, Func<CurrentObject, JsonObject> scaleOf, CancellationToken cancellationToken)
    {
        var updated = await _update.RunAsync(
            session,
            (current, token) => _successor.MakeAsync(session, Scaled(session, scaleOf(current), current), current, applied: false, token),
            cancellationToken).ConfigureAwait(false);
        return ScaleView.Of(
            session.Context, updated ?? throw StatusErrors.NotFound(session.Context.Type.GroupResource, session.Context.Name));
    }

    // The object with the wanted number of the scale.
    private static JsonObject Scaled(WriteSession session, JsonObject scale, CurrentObject current)
    {
        Check(session, scale, current);
        var root = current.Object.ToNode();
        ScaleView.SetReplicas(root, session.Context.Version.Scale!, ScaleView.Replicas(scale));
        return root;
    }

    private static void Check(WriteSession session, JsonObject scale, CurrentObject current)
    {
        if (Tree.Text(scale, "kind") != ScaleView.Kind || Tree.Text(scale, "apiVersion") != ScaleView.ApiVersion)
        {
            throw StatusErrors.BadRequest($"the object provided is not a Scale of {ScaleView.ApiVersion}");
        }

        var metadata = Tree.Metadata(scale);
        MetadataRules.CheckNamed(session, metadata);
        ObjectPatcher.CheckVersion(session, metadata, current);
        long replicas = ScaleView.Replicas(scale);
        if (replicas < 0)
        {
            throw StatusErrors.Invalid(
                new GroupKind("autoscaling", ScaleView.Kind),
                session.Context.Name,
                [FieldError.Invalid(FieldPath.Root("spec").Child("replicas"), replicas, "must be greater than or equal to 0").ToCause()]);
        }
    }
}
