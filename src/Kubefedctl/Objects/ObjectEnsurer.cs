using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;

namespace KubeFed.Kubefedctl.Objects;

/// <summary>
/// Makes objects be as wanted on one cluster: creates what is missing, noting it for undo, and updates in place what is
/// there, or refuses to, as the user chose.
/// </summary>
internal sealed class ObjectEnsurer(ClusterConnection cluster, string prefix, Progress progress, UndoLog undo, TimeProvider time, bool errorOnExisting)
{
    /// <summary>The field manager of every write.</summary>
    public const string FieldManager = "kubefedctl";

    private const int MostConflicts = 5;

    private static readonly WriteOptions Write = new() { FieldManager = FieldManager };

    private readonly UndoableCreator _creator = new(cluster, undo, time);

    /// <summary>
    /// Creates the object. Where one exists it is an error, or gets the wanted object's fields other than metadata; a
    /// Secret keeps the keys that are not wanted. No label is added: only what is created here may look like it.
    /// </summary>
    public async Task<KubeObject> EnsureAsync(GroupVersionResource resource, JsonObject wanted, CancellationToken cancellationToken)
    {
        var value = KubeObject.FromNode(wanted);
        try
        {
            return await CreateAsync(resource, value, cancellationToken);
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            ThrowIfUnwanted(value);
            return await UpdateAsync(resource, wanted, value.Key, cancellationToken);
        }
    }

    /// <summary>Creates the object unless it exists; existing is never an error and never changes it.</summary>
    public async Task<KubeObject> EnsureExistsAsync(GroupVersionResource resource, JsonObject wanted, CancellationToken cancellationToken)
    {
        var value = KubeObject.FromNode(wanted);
        if (await cluster.Client.FindAsync(resource, value.Key, null, cancellationToken) is { } found)
        {
            return found;
        }

        try
        {
            return await CreateAsync(resource, value, cancellationToken);
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            return await cluster.Client.GetAsync(resource, value.Key, null, cancellationToken);
        }
    }

    /// <summary>As <see cref="EnsureAsync"/> for a binding, whose roleRef cannot be changed: another roleRef makes it anew.</summary>
    public async Task EnsureBindingAsync(GroupVersionResource resource, JsonObject wanted, CancellationToken cancellationToken)
    {
        var value = KubeObject.FromNode(wanted);
        var found = await cluster.Client.FindAsync(resource, value.Key, null, cancellationToken);
        if (found is null || JsonNode.DeepEquals(found.GetNode("roleRef"), wanted["roleRef"]))
        {
            await EnsureAsync(resource, wanted, cancellationToken);
            return;
        }

        ThrowIfUnwanted(value);
        undo.Add(new UndoStep($"{prefix}: {found.Title()}", c => PutBackAsync(resource, found, c)) { Failed = "could not be put back as it was" });
        await cluster.Client.TryDeleteAsync(resource, value.Key, DeleteOptionsFor.Only(found), cancellationToken);
        await _creator.CreateAsync(resource, value, $"{prefix}: ", cancellationToken);
        progress.Done($"  {prefix}: {value.Title()} replaced, since it named another role");
    }

    private async Task<string> PutBackAsync(GroupVersionResource resource, KubeObject found, CancellationToken cancellationToken)
    {
        if (await cluster.Client.FindAsync(resource, found.Key, null, cancellationToken) is { } present && present.Metadata.Uid == found.Metadata.Uid)
        {
            return "was not touched";
        }

        var copy = found.ToNode();
        foreach (var field in (string[])["uid", "resourceVersion", "creationTimestamp", "managedFields", "selfLink"])
        {
            copy["metadata"]!.AsObject().Remove(field);
        }

        await cluster.Client.CreateAsync(resource, KubeObject.FromNode(copy), Write, cancellationToken);
        return "put back as it was";
    }

    private async Task<KubeObject> CreateAsync(GroupVersionResource resource, KubeObject value, CancellationToken cancellationToken)
    {
        var made = await _creator.CreateAsync(resource, value, $"{prefix}: ", cancellationToken);
        progress.Done($"  {prefix}: {made.Title()} created");
        return made;
    }

    private async Task<KubeObject> UpdateAsync(
        GroupVersionResource resource, JsonObject wanted, NamespacedName key, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var found = await cluster.Client.GetAsync(resource, key, null, cancellationToken);
            var merged = Merge(found, wanted);
            if (JsonNode.DeepEquals(merged, found.ToNode()))
            {
                progress.Note($"  {prefix}: {found.Title()} unchanged");
                return found;
            }

            try
            {
                var updated = await cluster.Client.UpdateAsync(resource, KubeObject.FromNode(merged), Write, cancellationToken);
                progress.Done($"  {prefix}: {found.Title()} updated");
                return updated;
            }
            catch (StatusException e) when (e.IsConflict && tries < MostConflicts)
            {
                continue;
            }
        }
    }

    private static JsonObject Merge(KubeObject found, JsonObject wanted)
    {
        var merged = found.ToNode();
        foreach (var (field, content) in wanted)
        {
            switch (field)
            {
                case "apiVersion" or "kind" or "metadata":
                    break;
                case "data" when merged[field] is JsonObject present && content is JsonObject entries:
                    Merge(present, entries);
                    break;
                default:
                    merged[field] = content?.DeepClone();
                    break;
            }
        }

        return merged;
    }

    private static void Merge(JsonObject present, JsonObject entries)
    {
        foreach (var (key, entry) in entries)
        {
            present[key] = entry?.DeepClone();
        }
    }

    private void ThrowIfUnwanted(KubeObject value)
    {
        if (errorOnExisting)
        {
            throw new UserException(
                $"{cluster.Title}: {value.Title()} already exists; pass --error-on-existing=false to take it over, or remove it with \"kubefedctl unjoin\" first");
        }
    }
}
