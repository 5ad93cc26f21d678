namespace KubeFed.ApiMachinery.Meta;

/// <summary>Options of a create, an update or a patch.</summary>
public record WriteOptions
{
    /// <summary>The name under which managed fields are recorded; null leaves the server to take the User-Agent's.</summary>
    public string? FieldManager { get; init; }

    /// <summary>Whether everything runs but the write itself.</summary>
    public bool DryRun { get; init; }

    /// <summary>What happens to unknown fields. Sent only when set: servers before 1.25 do not know it.</summary>
    public FieldValidation FieldValidation { get; init; }

    /// <summary>The subresource to write, for example <c>status</c>; null for the object itself.</summary>
    public string? Subresource { get; init; }

    /// <summary>How much of the object the answer carries.</summary>
    public Representation Representation { get; init; }
}
