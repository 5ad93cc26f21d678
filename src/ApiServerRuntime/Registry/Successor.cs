using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.Admission;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Makes of a sent tree what replaces the stored object: the steps that updates, patches and applies share.</summary>
internal sealed class Successor(WriteServices services)
{
    /// <summary>The tree to store.</summary>
    /// <param name="session">The request.</param>
    /// <param name="sent">The tree, pruned and defaulted; it may become part of the result and is changed.</param>
    /// <param name="current">What is replaced.</param>
    /// <param name="applied">Whether the managed fields are already those of the write.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask<JsonObject> MakeAsync(
        WriteSession session, JsonObject sent, CurrentObject current, bool applied, CancellationToken cancellationToken)
    {
        var root = session.IsStatus ? WithStatus(sent, current) : sent;
        var metadata = Tree.Metadata(root);
        MetadataRules.FillSuccessor(session, metadata, current.Metadata);
        MetadataWarnings.Apply(metadata, current.Metadata, session.Context.Warnings);
        if (session is { SeparatesStatus: true, IsStatus: false })
        {
            Tree.Set(root, "status", current.Object.GetNode("status"));
        }

        var request = session.Admission(AdmissionOperation.Update, root, current.Object);
        await services.Admission.MutateAsync(request, cancellationToken).ConfigureAwait(false);
        if (!applied)
        {
            session.Version.Track(session, current.Tree, root);
        }

        if (!session.IsStatus && !Tree.ContentEquals(root, current.Tree, withStatus: !session.SeparatesStatus))
        {
            MetadataRules.SetGeneration(session, metadata, current.Metadata.Generation + 1);
        }

        session.Throw(session.Version.Validate(root, current), session.Context.Name);
        await services.Admission.ValidateAsync(request, cancellationToken).ConfigureAwait(false);
        return root;
    }

    // The stored object with the status, and the managed fields, that were sent.
    private static JsonObject WithStatus(JsonObject sent, CurrentObject current)
    {
        var root = current.Object.ToNode();
        Tree.Set(root, "status", sent["status"]?.DeepClone());
        Tree.Set(Tree.Metadata(root), "managedFields", Tree.Metadata(sent)["managedFields"]?.DeepClone());
        return root;
    }
}
