namespace KubeFed.ApiServerRuntime.Storage;

/// <summary>One write, as a watch reports it.</summary>
/// <param name="Key">The key that was written.</param>
/// <param name="Revision">The revision of the write. Revisions of one watch rise strictly.</param>
/// <param name="Value">The new value, its revision that of the event; null when the key was removed.</param>
/// <param name="Previous">What the write replaced or removed; null when the key did not exist.</param>
public sealed record StorageEvent(string Key, long Revision, StoredValue? Value, StoredValue? Previous)
{
    /// <summary>Whether the key was removed.</summary>
    public bool IsDelete => Value is null;
}
