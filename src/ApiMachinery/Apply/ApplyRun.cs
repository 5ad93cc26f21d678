using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>One apply: the merge, the removal of what is no longer applied, and the conflicts.</summary>
internal sealed class ApplyRun(FieldManager manager, TypeNode type, JsonObject live, JsonObject config, FieldWrite write)
{
    private readonly FieldOwner _owner = FieldOwner.Of(write.Manager, applies: true, write.ApiVersion, write.Subresource);

    /// <summary>The object to be stored; <paramref name="managed"/> becomes the owners of its fields.</summary>
    /// <exception cref="Errors.StatusException">Others own fields that would change, and nothing forces it.</exception>
    public JsonObject Merge(ManagedFields managed, bool force)
    {
        manager.Reconcile(managed, live);
        var last = managed.Find(_owner);
        var fields = FieldsOf.Config(type, config).ExceptBelow(write.ResetFields);
        managed.Put(new OwnedFields(_owner, write.ApiVersion, fields, last?.Time));

        var merged = ObjectContent.CopyContent(live);
        Merger.Merge(type, merged, config);
        if (last is not null && !IsCovered(last, fields))
        {
            Prune(merged, managed, last);
        }

        TakeFromOthers(merged, managed, force);
        managed.Put(new OwnedFields(_owner, write.ApiVersion, fields.Except(UntrackedFields.Set), last?.Time));
        return merged;
    }

    // Whether nothing that was applied last time is missing now.
    private bool IsCovered(OwnedFields last, FieldSet fields) =>
        string.Equals(last.ApiVersion, write.ApiVersion, StringComparison.Ordinal) && last.Fields.Except(fields).IsEmpty;

    // Removes what was applied last time and is owned by nobody now.
    private void Prune(JsonObject merged, ManagedFields managed, OwnedFields last)
    {
        if (manager.FindType(last.ApiVersion) is not { } lastType)
        {
            return;
        }

        var before = FieldSetTyping.WithNamedFields(FieldsOf.Config(lastType, merged), lastType);
        var applied = FieldSetTyping.WithNamedFields(last.Fields, lastType);
        var unowned = before.Except(Left(lastType, merged, applied)).Except(Owned(managed));
        var gone = before.Except(Left(lastType, merged, unowned)).Intersect(applied);
        Remover.Remove(lastType, merged, gone);
    }

    private static FieldSet Left(TypeNode type, JsonObject merged, FieldSet removed)
    {
        var copy = (JsonObject)merged.DeepClone();
        Remover.Remove(type, copy, removed);
        return FieldSetTyping.WithNamedFields(FieldsOf.Config(type, copy), type);
    }

    private FieldSet Owned(ManagedFields managed)
    {
        var owned = FieldSet.Empty;
        foreach (var entry in managed.Entries)
        {
            owned = owned.Union(FieldSetTyping.WithNamedFields(entry.Fields, manager.FindType(entry.ApiVersion)));
        }

        return owned;
    }

    private void TakeFromOthers(JsonObject merged, ManagedFields managed, bool force)
    {
        var comparisons = new VersionComparisons(manager, live, merged, write.ResetFields);
        if (!force && FindConflicts(managed, comparisons) is { IsEmpty: false } conflicts)
        {
            throw conflicts.ToException();
        }

        managed.ReplaceAll(entry =>
        {
            if (entry.Owner == _owner)
            {
                return entry;
            }

            return comparisons.Of(entry.ApiVersion) is { } differences
                ? entry with { Fields = entry.Fields.Except(differences.Taken).Except(differences.Removed) }
                : null;
        });
    }

    private ApplyConflicts FindConflicts(ManagedFields managed, VersionComparisons comparisons)
    {
        var conflicts = new List<(FieldOwner, FieldSet)>();
        foreach (var entry in managed.Entries)
        {
            if (entry.Owner != _owner
                && comparisons.Of(entry.ApiVersion) is { } differences
                && entry.Fields.Intersect(differences.Taken) is { IsEmpty: false } contested)
            {
                conflicts.Add((entry.Owner, contested));
            }
        }

        var result = new ApplyConflicts(conflicts);
        return !result.IsEmpty && string.Equals(write.Manager, LastApplied.Manager, StringComparison.Ordinal)
            ? result.Except(LastApplied.Owned(type, live, write.ApiVersion))
            : result;
    }
}
