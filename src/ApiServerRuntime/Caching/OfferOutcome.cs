namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>What became of an event that was offered to a watch.</summary>
internal enum OfferOutcome
{
    /// <summary>The watch does not see it.</summary>
    Ignored,

    /// <summary>It waits for the reader.</summary>
    Queued,

    /// <summary>There is no room: the watch will go on from the history.</summary>
    Full,
}
