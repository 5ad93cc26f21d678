namespace KubeFed.Conformance.Faults.Histories;

/// <summary>One event of a watch.</summary>
/// <param name="At">When it was read, on the clock of the history.</param>
/// <param name="Type">ADDED, MODIFIED, DELETED or BOOKMARK.</param>
/// <param name="Key">The object's name; empty for a bookmark.</param>
/// <param name="Revision">The revision of the object or the bookmark.</param>
/// <param name="Token">What the object holds, in its last state when it was removed.</param>
internal sealed record WatchEntry(long At, string Type, string Key, long Revision, string? Token)
{
    public bool IsBookmark => Type == "BOOKMARK";
}
