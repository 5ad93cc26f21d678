using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Patches objects and their status by JSON, merge and strategic merge patches.</summary>
internal sealed class ObjectPatcher(WriteServices services)
{
    private readonly GuaranteedUpdate _update = new(services);
    private readonly Successor _successor = new(services);

    public async Task<KubeObject> PatchAsync(WriteSession session, Patch patch, CancellationToken cancellationToken)
    {
        var document = PatchDocument.Read(session.Version, patch);
        var patched = await _update.RunAsync(
            session,
            (current, token) => _successor.MakeAsync(session, Patched(session, document, current), current, applied: false, token),
            cancellationToken).ConfigureAwait(false);
        return patched ?? throw StatusErrors.NotFound(session.Context.Type.GroupResource, session.Context.Name);
    }

    /// <summary>409 when a patch names another state than the one it was applied to.</summary>
    public static void CheckVersion(WriteSession session, JsonObject metadata, CurrentObject current)
    {
        string version = SentIdentity.Of(metadata).ResourceVersion;
        if (version.Length > 0 && version != current.ResourceVersion)
        {
            throw GuaranteedUpdate.Conflict(session);
        }
    }

    private static JsonObject Patched(WriteSession session, PatchDocument document, CurrentObject current)
    {
        var root = document.Apply(current.Object.ToNode());
        ObjectIntake.AcceptPatched(session, root, document.Duplicates);
        var metadata = Tree.Metadata(root);
        MetadataRules.CheckNamed(session, metadata);
        MetadataRules.FixNamespace(session, metadata);
        CheckVersion(session, metadata, current);
        return root;
    }
}
