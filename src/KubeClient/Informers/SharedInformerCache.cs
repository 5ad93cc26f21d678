using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.KubeClient.Informers;

/// <summary>
/// The informers of one cluster, one for each resource and options, started by the first who asks and stopped by the
/// last who leaves. Options are equal when their members are; transforms and index maps compare by identity, so share
/// the instances. Safe for concurrent use.
/// </summary>
public sealed class SharedInformerCache(IResourceReader client, InformerEnvironment? environment = null) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(GroupVersionResource Resource, InformerOptions Options), Entry> _entries = [];
    private bool _disposed;

    /// <summary>How many informers run.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Holds the informer of a resource and options, starting it where nobody does.</summary>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    public InformerLease Acquire(GroupVersionResource resource, InformerOptions? options = null)
    {
        var key = (resource, options ?? new InformerOptions());
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_entries.TryGetValue(key, out var entry))
            {
                entry = new Entry(new SharedInformer(client, resource, key.Item2, environment));
                _entries.Add(key, entry);
            }

            entry.Holders++;
            return new InformerLease(entry.Informer, () => ReleaseAsync(key, entry));
        }
    }

    /// <summary>Has the server asked at once by every informer that waits after a failure: somebody knows that it is back.</summary>
    public void Hurry()
    {
        Entry[] entries;
        lock (_lock)
        {
            entries = [.. _entries.Values];
        }

        foreach (var entry in entries)
        {
            entry.Informer.Hurry();
        }
    }

    /// <summary>Stops every informer, held or not.</summary>
    public async ValueTask DisposeAsync()
    {
        Entry[] entries;
        lock (_lock)
        {
            _disposed = true;
            entries = [.. _entries.Values];
            _entries.Clear();
        }

        await Task.WhenAll(entries.Select(static e => e.DisposeAsync().AsTask()));
    }

    private async ValueTask ReleaseAsync((GroupVersionResource Resource, InformerOptions Options) key, Entry entry)
    {
        lock (_lock)
        {
            if (--entry.Holders > 0 || !_entries.TryGetValue(key, out var present) || present != entry)
            {
                return;
            }

            _entries.Remove(key);
        }

        await entry.DisposeAsync();
    }

    private sealed class Entry : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _run;

        public Entry(SharedInformer informer)
        {
            Informer = informer;
            _run = Task.Run(() => informer.RunAsync(_stop.Token), CancellationToken.None);
        }

        public SharedInformer Informer { get; }

        public int Holders { get; set; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _run;
            _stop.Dispose();
        }
    }
}
