using KubeFed.ApiMachinery.Errors;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>The fields that an apply would change and others own.</summary>
internal sealed class ApplyConflicts(List<(FieldOwner Owner, FieldSet Fields)> conflicts)
{
    public bool IsEmpty => conflicts.Count == 0;

    /// <summary>Without the fields given.</summary>
    public ApplyConflicts Except(FieldSet allowed)
    {
        var rest = new List<(FieldOwner, FieldSet)>(conflicts.Count);
        foreach (var (owner, fields) in conflicts)
        {
            if (fields.Except(allowed) is { IsEmpty: false } left)
            {
                rest.Add((owner, left));
            }
        }

        return new ApplyConflicts(rest);
    }

    /// <summary>The failure with a cause for each field, with kube-apiserver's texts.</summary>
    public StatusException ToException()
    {
        conflicts.Sort(static (a, b) => a.Owner.CompareTo(b.Owner));
        var causes = new List<StatusCause>();
        var lines = new List<string>();
        foreach (var (owner, fields) in conflicts)
        {
            var who = owner.Describe();
            lines.Add($"conflicts with {who}:");
            foreach (var path in fields.ToPaths())
            {
                causes.Add(new StatusCause { Reason = "FieldManagerConflict", Message = $"conflict with {who}", Field = path });
                lines.Add($"- {path}");
            }
        }

        var message = causes.Count == 1
            ? $"Apply failed with 1 conflict: {causes[0].Message}: {causes[0].Field}"
            : $"Apply failed with {causes.Count} conflicts: {string.Join('\n', lines)}";
        return new StatusException(new Status
        {
            Outcome = "Failure",
            Code = 409,
            Reason = StatusReason.Conflict,
            Message = message,
            Details = new StatusDetails { Causes = causes },
        });
    }
}
