using System.Collections.Immutable;
using KubeFed.FederationControllerManager.Members;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Scheduling.Capacity;

/// <summary>Runs a collector for every member that can be reached, for as long as anybody asks for it.</summary>
internal sealed class MemberCapacity(ClusterRegistry clusters, CapacitySettings settings, TimeProvider time, ILogger<MemberCapacity> logger)
    : IMemberCapacity, IClusterObserver, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private ImmutableList<Interest> _interests = [];
    private IDisposable? _observation;
    private Task _stopped = Task.CompletedTask;
    private bool _disposed;
    private volatile ImmutableDictionary<string, MemberCollector> _collectors =
        ImmutableDictionary<string, MemberCollector>.Empty.WithComparers(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IDisposable Collect(Action<string> changed)
    {
        var interest = new Interest(this, changed);
        bool isFirst;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _interests = _interests.Add(interest);
            isFirst = _interests.Count == 1;
        }

        if (isFirst)
        {
            Observe();
        }

        return interest;
    }

    /// <inheritdoc/>
    public long? FreeReplicas(string cluster, PodFootprint footprint) => _collectors.GetValueOrDefault(cluster)?.Room?.Fits(footprint);

    /// <inheritdoc/>
    public void Refresh(string cluster) => _collectors.GetValueOrDefault(cluster)?.Refresh();

    /// <inheritdoc/>
    public void OnClusterChanged(ClusterView? old, ClusterView? current)
    {
        var name = (current ?? old)!.Name;
        var client = current?.Member?.Client;
        lock (_lock)
        {
            var running = _collectors.GetValueOrDefault(name);
            if (ReferenceEquals(running?.Client, client) || (_interests.IsEmpty && client is not null))
            {
                return;
            }

            Stop(running);
            _collectors = client is null
                ? _collectors.Remove(name)
                : _collectors.SetItem(name, new MemberCollector(name, client, settings, time, logger, Tell));
        }
    }

    /// <summary>Stops all collectors and waits until nothing is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _disposed = true;
            _interests = [];
        }

        StopAll();
        await _stopped;
    }

    private void Observe()
    {
        var observation = clusters.Observe(this);
        bool isWanted;
        lock (_lock)
        {
            isWanted = !_interests.IsEmpty && _observation is null;
            _observation = isWanted ? observation : _observation;
        }

        if (!isWanted)
        {
            observation.Dispose();
            StopIfUnwanted();
        }
    }

    private void Release(Interest interest)
    {
        lock (_lock)
        {
            _interests = _interests.Remove(interest);
        }

        StopIfUnwanted();
    }

    private void StopIfUnwanted()
    {
        if (_interests.IsEmpty)
        {
            StopAll();
        }
    }

    private void StopAll()
    {
        IDisposable? observation;
        lock (_lock)
        {
            if (!_interests.IsEmpty)
            {
                return;
            }

            observation = _observation;
            _observation = null;
            foreach (var collector in _collectors.Values)
            {
                Stop(collector);
            }

            _collectors = _collectors.Clear();
        }

        observation?.Dispose();
    }

    private void Stop(MemberCollector? collector) => _stopped = collector is null ? _stopped : Task.WhenAll(_stopped, collector.DisposeAsync().AsTask());

    private void Tell(string cluster)
    {
        foreach (var interest in _interests)
        {
            interest.Changed(cluster);
        }
    }

    private sealed class Interest(MemberCapacity owner, Action<string> changed) : IDisposable
    {
        public Action<string> Changed { get; } = changed;

        public void Dispose() => owner.Release(this);
    }
}
