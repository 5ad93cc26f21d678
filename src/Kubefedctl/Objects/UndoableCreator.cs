using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Clusters;

namespace KubeFed.Kubefedctl.Objects;

/// <summary>
/// Creates objects so that each can be undone, also where the answer to its creation is lost: objects carry the run that
/// made them as an annotation, and are found again by it. A creation under way is not interrupted; the client bounds it.
/// </summary>
internal sealed class UndoableCreator(ClusterConnection cluster, UndoLog undo, TimeProvider time)
{
    /// <summary>The annotation with <see cref="UndoLog.Run"/>.</summary>
    public const string RunAnnotation = "kubefed.io/created-by-run";

    private const string Deleted = "deleted";
    private const string NotThere = "is not there";

    /// <summary>How long a creation without an answer is looked for: the server may still be at work on it.</summary>
    private static readonly TimeSpan LateBy = TimeSpan.FromSeconds(3);

    private static readonly WriteOptions Write = new() { FieldManager = ObjectEnsurer.FieldManager };

    /// <summary>Creates an object and notes its undoing; <paramref name="prefix"/> goes before its name in messages.</summary>
    public async Task<KubeObject> CreateAsync(
        GroupVersionResource resource, KubeObject value, string prefix, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var marked = KubeObject.FromNode(value.ToNode().WithAnnotation(RunAnnotation, undo.Run));
        var search = new UndoStep($"{prefix}{marked.Title()}", c => DeleteMadeAsync(resource, marked, c));
        undo.Add(search);
        var made = await SendAsync(resource, marked, search, cancellationToken);
        undo.Remove(search);
        undo.Add(new UndoStep($"{prefix}{made.Title()}", c => DeleteAsync(resource, made, c)));
        return made;
    }

    private async Task<KubeObject> SendAsync(
        GroupVersionResource resource, KubeObject marked, UndoStep search, CancellationToken cancellationToken)
    {
        try
        {
            return await cluster.Client.CreateAsync(resource, marked, Write, CancellationToken.None);
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            if (await FindMadeAsync(resource, marked, cancellationToken) is { } made)
            {
                return made;
            }

            undo.Remove(search);
            throw;
        }
        catch (StatusException e) when (e.Code is >= 400 and < 500)
        {
            undo.Remove(search);
            throw;
        }
    }

    private async Task<string> DeleteMadeAsync(GroupVersionResource resource, KubeObject marked, CancellationToken cancellationToken) =>
        await Poll.UntilAsync(time, Poll.Interval, LateBy, c => FindMadeAsync(resource, marked, c), cancellationToken) is { } made
            ? await DeleteAsync(resource, made, cancellationToken)
            : NotThere;

    private async Task<string> DeleteAsync(GroupVersionResource resource, KubeObject made, CancellationToken cancellationToken) =>
        await cluster.Client.TryDeleteAsync(resource, made.Key, DeleteOptionsFor.Only(made), cancellationToken) ? Deleted : NotThere;

    private async Task<KubeObject?> FindMadeAsync(GroupVersionResource resource, KubeObject marked, CancellationToken cancellationToken)
    {
        if (marked.Metadata.Name.Length > 0)
        {
            var found = await cluster.Client.FindAsync(resource, marked.Key, null, cancellationToken);
            return found is not null && IsOfThisRun(found) ? found : null;
        }

        var sameLabels = new ListOptions { LabelSelector = string.Join(',', marked.Metadata.Labels.Select(l => $"{l.Key}={l.Value}")) };
        await foreach (var item in cluster.Client.ListAllAsync(resource, marked.Metadata.Namespace, sameLabels, cancellationToken))
        {
            if (item.Metadata.GenerateName == marked.Metadata.GenerateName && IsOfThisRun(item))
            {
                return item;
            }
        }

        return null;
    }

    private bool IsOfThisRun(KubeObject value) =>
        value.Metadata.Annotations.TryGetValue(RunAnnotation, out var run) && run == undo.Run;
}
