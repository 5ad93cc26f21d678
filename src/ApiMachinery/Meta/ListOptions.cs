namespace KubeFed.ApiMachinery.Meta;

/// <summary>Options of a list.</summary>
public sealed record ListOptions
{
    /// <summary>Label selector in its text form, or null for all.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector in its text form, or null for all.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Most objects of a page; null for no paging.</summary>
    public int? Limit { get; init; }

    /// <summary>The token of the page to read, from the page before.</summary>
    public string? Continue { get; init; }

    /// <summary>Unset: the newest state. <c>0</c>: any state from a cache, which ignores the limit.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>How <see cref="ResourceVersion"/> is meant.</summary>
    public ResourceVersionMatch ResourceVersionMatch { get; init; }

    /// <summary>How much of each object to send.</summary>
    public Representation Representation { get; init; }
}
