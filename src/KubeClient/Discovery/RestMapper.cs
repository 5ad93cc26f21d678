using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.KubeClient.Discovery;

/// <summary>
/// Finds resources in a cache of discovery. It is read anew when something is missing (at most every five seconds) and when it
/// is ten minutes old; however many wait, one reading is under way. A version that cannot be read keeps what was known of it; when
/// nothing can be read, what is known goes on to be the answer, and reading is tried again after five seconds.
/// </summary>
public sealed class RestMapper(IDiscoveryClient discovery, TimeProvider? clock = null) : IRestMapper
{
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private Snapshot? _snapshot;
    private Task<Snapshot>? _reading;
    private long? _failedAt;
    private int _generation;

    /// <summary>Makes a mapper over a transport, which stays the caller's to dispose.</summary>
    public static RestMapper Create(Transport.IKubeTransport transport, TimeProvider? clock = null) =>
        new(new DiscoveryClient(transport, clock), clock);

    /// <inheritdoc/>
    public async Task<ApiResource> ResolveAsync(string name, CancellationToken cancellationToken = default)
    {
        var (found, index) = await FindAsync(i => i.Resolve(name), cancellationToken);
        if (found is not null)
        {
            return found;
        }

        var failures = index.Discovery.Failures.Select(f => $"{f.Key}: {f.Value}").Order(StringComparer.Ordinal).ToArray();
        throw new ResourceNotFoundException(name, failures.Length == 0 ? null : $"not all could be read: {string.Join("; ", failures.Take(5))}");
    }

    /// <inheritdoc/>
    /// <exception cref="StatusException">503: the server cannot say, since the API of that group and version is out of order.</exception>
    public async Task<ApiResource?> FindKindAsync(GroupVersionKind kind, CancellationToken cancellationToken = default)
    {
        var (found, index) = await FindAsync(i => i.Find(kind), cancellationToken);
        return found ?? NotThere(kind.GroupVersion, index);
    }

    /// <inheritdoc/>
    /// <exception cref="StatusException">503: the server cannot say, since the API of that group and version is out of order.</exception>
    public async Task<ApiResource?> FindResourceAsync(GroupVersionResource resource, CancellationToken cancellationToken = default)
    {
        var (found, index) = await FindAsync(i => i.Find(resource), cancellationToken);
        return found ?? NotThere(resource.GroupVersion, index);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ApiResource>> ListPreferredAsync(CancellationToken cancellationToken = default) =>
        (await KnownAsync(cancellationToken)).Index.Preferred;

    /// <inheritdoc/>
    public void Invalidate()
    {
        lock (_gate)
        {
            _snapshot = null;
            _reading = null;
            _failedAt = null;
            _generation++;
        }
    }

    private static ApiResource? NotThere(GroupVersion version, ResourceIndex index) =>
        index.Discovery.Failures.TryGetValue(version, out var why)
            ? throw StatusErrors.ServiceUnavailable($"the API {version} cannot be discovered: {why}")
            : null;

    /// <summary>A version that failed this time keeps the resources of last time.</summary>
    private static ApiDiscovery KeepKnown(ApiDiscovery fresh, ApiDiscovery? last)
    {
        if (last is null || fresh.Failures.Count == 0)
        {
            return fresh;
        }

        var present = fresh.Resources.Select(r => r.Resource.GroupVersion).ToHashSet();
        var kept = last.Resources.Where(r => fresh.Failures.ContainsKey(r.Resource.GroupVersion) && !present.Contains(r.Resource.GroupVersion));
        return fresh with { Resources = [.. fresh.Resources, .. kept] };
    }

    private async Task<(ApiResource? Found, ResourceIndex Index)> FindAsync(
        Func<ResourceIndex, ApiResource?> find, CancellationToken cancellationToken)
    {
        var index = (await KnownAsync(cancellationToken)).Index;
        if (find(index) is { } hit)
        {
            return (hit, index);
        }

        index = (await CurrentAsync(RefreshEvery, cancellationToken)).Index;
        return (find(index), index);
    }

    /// <summary>A snapshot of the last ten minutes or, while none can be had, the last one.</summary>
    private async Task<Snapshot> KnownAsync(CancellationToken cancellationToken)
    {
        Snapshot? last;
        lock (_gate)
        {
            last = _snapshot;
            if (last is not null && _failedAt is { } failedAt && _clock.GetElapsedTime(failedAt) < RefreshEvery)
            {
                return last;
            }
        }

        try
        {
            return await CurrentAsync(MaxAge, cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException && last is not null && !cancellationToken.IsCancellationRequested)
        {
            return last;
        }
    }

    /// <summary>A snapshot that is younger than that.</summary>
    private Task<Snapshot> CurrentAsync(TimeSpan maxAge, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_snapshot is { } snapshot && _clock.GetElapsedTime(snapshot.ReadAt) < maxAge)
            {
                return Task.FromResult(snapshot);
            }

            _reading ??= ReadAsync(_snapshot, _generation);
            return _reading.WaitAsync(cancellationToken);
        }
    }

    private async Task<Snapshot> ReadAsync(Snapshot? last, int generation)
    {
        await Task.Yield();
        Snapshot? read = null;
        try
        {
            var found = await discovery.DiscoverAsync(CancellationToken.None);
            read = new Snapshot(new ResourceIndex(KeepKnown(found, last?.Index.Discovery)), _clock.GetTimestamp());
            return read;
        }
        finally
        {
            Finish(read, generation);
        }
    }

    /// <summary>Keeps what was read, unless it was to be forgotten meanwhile.</summary>
    private void Finish(Snapshot? read, int generation)
    {
        lock (_gate)
        {
            if (generation == _generation)
            {
                _snapshot = read ?? _snapshot;
                _failedAt = read is null ? _clock.GetTimestamp() : null;
                _reading = null;
            }
        }
    }

    private sealed record Snapshot(ResourceIndex Index, long ReadAt);
}
