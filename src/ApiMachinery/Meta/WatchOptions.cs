namespace KubeFed.ApiMachinery.Meta;

/// <summary>Options of a watch.</summary>
public sealed record WatchOptions
{
    /// <summary>Label selector in its text form, or null for all.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector in its text form, or null for all.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Every event after this version is sent. Unset or <c>0</c>: the present objects first.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>
    /// Whether the present objects are sent before the events; true ends them with a bookmark that carries the annotation
    /// <c>k8s.io/initial-events-end</c>. Needs <see cref="Meta.ResourceVersionMatch.NotOlderThan"/>. Null leaves it to the version.
    /// </summary>
    public bool? SendInitialEvents { get; init; }

    /// <summary>How <see cref="ResourceVersion"/> is meant; only with <see cref="SendInitialEvents"/>.</summary>
    public ResourceVersionMatch ResourceVersionMatch { get; init; }

    /// <summary>Whether bookmarks, which carry only a version, are welcome.</summary>
    public bool AllowBookmarks { get; init; } = true;

    /// <summary>How long the server keeps the watch; null leaves it to the client's default of five to ten minutes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Called once when the server has accepted the watch, before the first event; must not block. Null for nobody.</summary>
    public Action? OnOpened { get; init; }

    /// <summary>How much of each object to send.</summary>
    public Representation Representation { get; init; }
}
