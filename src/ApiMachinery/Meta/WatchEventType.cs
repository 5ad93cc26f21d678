namespace KubeFed.ApiMachinery.Meta;

/// <summary>What a watch event says.</summary>
public enum WatchEventType
{
    /// <summary>The object is new to the watch.</summary>
    Added,

    /// <summary>The object changed.</summary>
    Modified,

    /// <summary>The object is gone, or no longer matches the selector. Carries the last state.</summary>
    Deleted,

    /// <summary>Only a version: everything up to it was sent.</summary>
    Bookmark,
}
