namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>How far a watch got in the history.</summary>
internal enum ReplayOutcome
{
    /// <summary>There is more.</summary>
    More,

    /// <summary>To its end; what follows is queued for the watch.</summary>
    CaughtUp,

    /// <summary>What the watch wants next is forgotten.</summary>
    Gone,
}
