namespace KubeFed.ApiMachinery.Errors;

/// <summary>The list metadata of a Status; only <c>continue</c> of an expired list is ever set.</summary>
public sealed record StatusMetadata
{
    /// <summary>A token that continues an expired list at the newest version.</summary>
    public string? Continue { get; init; }
}
