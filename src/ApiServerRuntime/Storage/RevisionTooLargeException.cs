namespace KubeFed.ApiServerRuntime.Storage;

/// <summary>The revision asked for has not been reached.</summary>
/// <param name="requested">The revision asked for.</param>
/// <param name="current">The newest there is.</param>
public sealed class RevisionTooLargeException(long requested, long current)
    : Exception($"revision {requested} has not been reached, the newest is {current}")
{
    /// <summary>The revision asked for.</summary>
    public long Requested { get; } = requested;

    /// <summary>The newest there is.</summary>
    public long Current { get; } = current;
}
