using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Caching.Trees;
using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.ApiServerRuntime.Caching;

/// <content>How the cache is filled and follows the storage.</content>
internal sealed partial class ResourceCache
{
    /// <summary>Applies a write. Called by the dispatcher only, in revision order.</summary>
    public void Apply(StorageEvent @event)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            if (_state is null)
            {
                _pending[@event.Key] = @event;
                return;
            }

            if (@event.Revision <= _state.Revision)
            {
                return;
            }
        }

        _context.Metrics.Received(_tags);
        var current = @event.Value is null ? null : Decode(@event.Value);
        lock (_gate)
        {
            if (_state is { } state && _history is { } history)
            {
                Apply(state, history, @event.Key, @event.Revision, current);
            }
        }
    }

    /// <summary>Wakes the watches that got something since the last time. Called by the dispatcher only.</summary>
    public void WakeWatches()
    {
        foreach (var watch in _touched)
        {
            watch.IsTouched = false;
            watch.Wake();
        }

        _touched.Clear();
    }

    /// <summary>Begins to read the objects, anew if that is under way. From here on the dispatcher must give the cache every write.</summary>
    public void Load()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _ = _loading?.CancelAsync();
            _loading = CancellationTokenSource.CreateLinkedTokenSource(_context.Stopping);
            var source = _loading;
            _ = Task.Run(() => LoadThenDisposeAsync(source), CancellationToken.None);
        }
    }

    /// <summary>Forgets everything, because writes were missed, and ends all watches with 410.</summary>
    public void Reset(long revision) => Clear(close: false, watch => watch.Expired(revision));

    /// <summary>Forgets everything because the type is gone, and ends all watches in order.</summary>
    public void Shut() => Clear(close: true, static _ => null);

    private void Clear(bool close, Func<CacheWatch, StatusException?> error)
    {
        CacheWatch[] watches;
        lock (_gate)
        {
            _closed |= close;
            _ = _loading?.CancelAsync();
            _loading = null;
            Forget();
            watches = [.. _watches];
        }

        EndAll(watches, error);
    }

    private void Forget()
    {
        if (_state is null || _history is null)
        {
            return;
        }

        _context.Metrics.Objects(-_state.Tree.Count, _tags);
        _context.Metrics.Capacity(-_history.Capacity, _tags);
        _state = null;
        _history = null;
        _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private void Apply(CacheState state, EventHistory history, string key, long revision, CachedObject? current)
    {
        var previous = state.Tree.Find(key);
        if (current is null && previous is null)
        {
            _state = state with { Revision = revision };
            return;
        }

        var tree = current is null ? state.Tree.Remove(key) : state.Tree.Set(current);
        var @event = new CacheEvent(key, revision, current, previous, tree, _context.Time.GetTimestamp());
        var capacity = history.Capacity;
        history.Add(@event);
        _state = new(tree, revision);
        _context.Metrics.Objects(tree.Count - state.Tree.Count, _tags);
        _context.Metrics.Capacity(history.Capacity - capacity, _tags);
        for (var left = _index.Dispatch(@event, _touched); left > 0; left--)
        {
            _context.Metrics.Lagging(_tags);
        }
    }

    private async Task LoadThenDisposeAsync(CancellationTokenSource loading)
    {
        using (loading)
        {
            await LoadAsync(loading);
        }
    }

    private async Task LoadAsync(CancellationTokenSource loading)
    {
        var delay = new RetryDelay(_context.Options);
        var cancellationToken = loading.Token;
        while (!cancellationToken.IsCancellationRequested)
        {
            var wait = delay.Next();
            try
            {
                var seen = Seen;
                var (objects, revision) = await ReadAllAsync(cancellationToken);
                if (revision >= seen)
                {
                    Install(loading, objects, revision);
                    return;
                }

                CacheLog.LoadFailed(_context.Logger, Type.GroupResource.ToString(), $"it was read at {revision}, before {seen}", wait);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                _context.Metrics.LoadFailed(_tags);
                CacheLog.LoadFailed(_context.Logger, Type.GroupResource.ToString(), e.Message, wait);
            }

            await Task.Delay(wait, _context.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<(List<CachedObject> Objects, long Revision)> ReadAllAsync(CancellationToken cancellationToken)
    {
        var objects = new List<CachedObject>();
        var options = new StorageListOptions { Limit = _context.Options.PageSize };
        while (true)
        {
            var page = await _context.Storage.ListAsync(Type.KeyPrefix, options, cancellationToken);
            foreach (var value in page.Items)
            {
                if (Decode(value) is { } decoded)
                {
                    objects.Add(decoded);
                }
            }

            if (!page.More || page.Items.Count == 0)
            {
                return (objects, page.Revision);
            }

            options = options with { Revision = page.Revision, StartKey = page.Items[^1].Key + '\0' };
        }
    }

    private void Install(CancellationTokenSource loading, List<CachedObject> objects, long revision)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_loading, loading))
            {
                return;
            }

            var tree = ObjectTree.FromSorted(objects);
            foreach (var @event in _pending.Values.Where(e => e.Revision > revision).OrderBy(e => e.Revision).ToList())
            {
                revision = @event.Revision;
                var current = @event.Value is null ? null : Decode(@event.Value);
                tree = current is null ? tree.Remove(@event.Key) : tree.Set(current);
            }

            _pending = new(StringComparer.Ordinal);
            _loading = null;
            _history = new(_context.Options, _context.Time, tree, revision);
            _state = new(tree, revision);
            _context.Metrics.Objects(tree.Count, _tags);
            _context.Metrics.Capacity(_history.Capacity, _tags);
            _context.Metrics.Loaded(_tags);
            _loaded.TrySetResult();
        }

        CacheLog.Loaded(_context.Logger, objects.Count, Type.GroupResource.ToString(), revision);
    }

    /// <summary>The object of a value. One that is none is left out as if it were not there: a single damaged value must not take down a type.</summary>
    private CachedObject? Decode(StoredValue value)
    {
        try
        {
            return new(value.Key, _decode(value), value.Revision);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _context.Metrics.Undecodable(_tags);
            CacheLog.Undecodable(_context.Logger, e, value.Key, value.Revision);
            return null;
        }
    }
}
