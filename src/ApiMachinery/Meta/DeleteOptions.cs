namespace KubeFed.ApiMachinery.Meta;

/// <summary>Options of a deletion.</summary>
public sealed record DeleteOptions
{
    /// <summary>Seconds of grace; null for the type's default.</summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary>What becomes of the dependents.</summary>
    public PropagationPolicy PropagationPolicy { get; init; }

    /// <summary>Deletes only the object of this UID; another is a conflict.</summary>
    public string? PreconditionUid { get; init; }

    /// <summary>Deletes only the object at this version; another is a conflict.</summary>
    public string? PreconditionResourceVersion { get; init; }

    /// <summary>Whether everything runs but the deletion itself.</summary>
    public bool DryRun { get; init; }
}
