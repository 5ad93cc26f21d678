namespace KubeFed.ApiServerRuntime.Storage;

/// <summary>The history asked for is no longer kept.</summary>
/// <param name="requested">The revision asked for.</param>
/// <param name="oldest">The oldest revision that could be asked for; 0 when the store does not say.</param>
public sealed class RevisionCompactedException(long requested, long oldest)
    : Exception($"revision {requested} has been compacted, the oldest kept is {oldest}")
{
    /// <summary>The revision asked for.</summary>
    public long Requested { get; } = requested;

    /// <summary>The oldest revision that could be asked for; 0 when the store does not say.</summary>
    public long Oldest { get; } = oldest;
}
