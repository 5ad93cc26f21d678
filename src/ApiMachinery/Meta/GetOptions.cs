namespace KubeFed.ApiMachinery.Meta;

/// <summary>Options of a read of one object.</summary>
public sealed record GetOptions
{
    /// <summary>Unset: the newest state. <c>0</c>: any state from a cache. A version: not older than it.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>The subresource to read, for example <c>status</c>; null for the object itself.</summary>
    public string? Subresource { get; init; }

    /// <summary>How much to send.</summary>
    public Representation Representation { get; init; }
}
