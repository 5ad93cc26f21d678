namespace KubeFed.ApiServerRuntime.Storage;

/// <summary>Which part of a list is asked for.</summary>
public sealed record StorageListOptions
{
    /// <summary>Everything, at the newest revision.</summary>
    public static StorageListOptions All { get; } = new();

    /// <summary>Where to begin: the first key that is not before this one. Null begins at the prefix.</summary>
    public string? StartKey { get; init; }

    /// <summary>The most values to return.</summary>
    /// <value>Default 0: no limit.</value>
    public int Limit { get; init; }

    /// <summary>The revision to read.</summary>
    /// <value>Default 0: the newest, seeing every write acknowledged before the call by any replica.</value>
    public long Revision { get; init; }
}
