namespace KubeFed.ApiMachinery.Meta;

/// <summary>Options of a server-side apply. <see cref="WriteOptions.FieldManager"/> must be set.</summary>
public sealed record ApplyOptions : WriteOptions
{
    /// <summary>Whether fields that other managers own are taken over instead of being a conflict.</summary>
    public bool Force { get; init; }
}
