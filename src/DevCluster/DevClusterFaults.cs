using KubeFed.DevClusters.Faults;
using KubeFed.DevClusters.Serving;

namespace KubeFed.DevClusters;

/// <summary>
/// What can go wrong with a cluster, on demand. Faults concern its API as all see it, the cluster's own controllers among them; what is
/// stored stays, but for <see cref="WipeAsync"/>. Several can be in force at once; <see cref="HealAsync"/> ends them all. Safe for concurrent use.
/// </summary>
public sealed class DevClusterFaults : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ClusterServer _server;
    private readonly Wipe _wipe;

    internal DevClusterFaults(ClusterServer server, Wipe wipe)
    {
        _server = server;
        _wipe = wipe;
    }

    /// <summary>Stops the API server: connections break, and new ones are refused. Until <see cref="HealAsync"/>.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await _server.CloseAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Halts the API server as if its process were stopped: connections are accepted and those there are stay, watches among them, but not a
    /// byte goes either way. Until <see cref="HealAsync"/>: then what was held goes on.
    /// </summary>
    public void Stall() => _server.Gate.Hold();

    /// <summary>Makes every request wait before it is answered. Until <see cref="HealAsync"/>; a watch waits at its begin only.</summary>
    public void Slow(TimeSpan perRequest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perRequest, TimeSpan.Zero);
        _server.Delay.PerRequest = perRequest;
    }

    /// <summary>Closes all connections there are, once. New ones are accepted.</summary>
    /// <returns>How many were closed.</returns>
    public int Cut() => _server.Gate.Cut();

    /// <summary>
    /// Loses all objects but those that the cluster had from its start (its namespaces, roles, nodes, what is in kube-system): as after etcd was
    /// restored from an empty backup. Finalizers do not keep anything, and nothing brings it back.
    /// </summary>
    /// <returns>How many objects are gone.</returns>
    public Task<int> WipeAsync(CancellationToken cancellationToken) => _wipe.RunAsync(cancellationToken);

    /// <summary>Ends stop, stall and slow. Returns when connections are accepted again.</summary>
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        _server.Delay.PerRequest = TimeSpan.Zero;
        _server.Gate.Release();
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await _server.OpenAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends what holds bytes, so that the cluster can stop.</summary>
    public void Dispose()
    {
        _server.Gate.Release();
        _turn.Dispose();
    }
}
