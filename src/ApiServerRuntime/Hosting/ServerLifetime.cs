namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>How far a server is on its way to its end, for what answers requests.</summary>
internal sealed class ServerLifetime : IDisposable
{
    private readonly CancellationTokenSource _watchesEnd = new();
    private volatile bool _isStopping;

    public ServerLifetime() => WatchesEnd = _watchesEnd.Token;

    /// <summary>Whether the server was asked to stop: clients should take their next request elsewhere.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Cancelled when watches are to end, in order.</summary>
    public CancellationToken WatchesEnd { get; }

    /// <summary>The server was asked to stop, and goes on serving.</summary>
    public void BeginStop() => _isStopping = true;

    /// <summary>Lets watches end; may be called again.</summary>
    public Task EndWatchesAsync() => _watchesEnd.CancelAsync();

    public void Dispose() => _watchesEnd.Dispose();
}
