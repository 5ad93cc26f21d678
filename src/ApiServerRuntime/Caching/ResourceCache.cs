using System.Diagnostics;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>
/// The cache of one type. It is written by the set's one dispatcher and, once for each load, by the loader; reads of the newest state take no
/// lock. While it loads, the newest write of each key is kept aside and put on top of what was read.
/// </summary>
internal sealed partial class ResourceCache : IResourceCache
{
    private readonly Lock _gate = new();
    private readonly CacheContext _context;
    private readonly Func<StoredValue, KubeObject> _decode;
    private readonly TagList _tags;
    private readonly WatchIndex _index;
    private readonly HashSet<CacheWatch> _watches = [];
    private readonly List<CacheWatch> _touched = [];

    private volatile CacheState? _state;
    private EventHistory? _history;
    private Dictionary<string, StorageEvent> _pending = new(StringComparer.Ordinal);
    private TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource? _loading;
    private bool _draining;
    private bool _closed;

    public ResourceCache(CacheContext context, ResourceType type, Func<StoredValue, KubeObject> decode)
    {
        _context = context;
        Type = type;
        _decode = decode;
        _tags = context.Metrics.TagsOf(type.GroupResource);
        _index = new(type.KeyPrefix);
    }

    public ResourceType Type { get; }

    public bool IsReady => _state is not null;

    /// <summary>Every write up to this revision has been applied and offered to watches.</summary>
    public long Seen => _context.Progress.Current;

    public async ValueTask<ResourceSnapshot> AnyAsync(CancellationToken cancellationToken) => await SnapshotAsync(cancellationToken);

    public async ValueTask<ResourceSnapshot> NewestAsync(CancellationToken cancellationToken) =>
        await NotOlderThanAsync(await ReadRevisionAsync(cancellationToken), cancellationToken);

    public async ValueTask<ResourceSnapshot> NotOlderThanAsync(long revision, CancellationToken cancellationToken)
    {
        var snapshot = await SnapshotAsync(cancellationToken);
        if (snapshot.Revision >= revision)
        {
            return snapshot;
        }

        var started = _context.Time.GetTimestamp();
        var reached = await _context.Progress.WaitAsync(revision, _context.Options.ReadTimeout, cancellationToken);
        _context.Metrics.Waited(_context.Time.GetElapsedTime(started), _tags);
        return reached ? await SnapshotAsync(cancellationToken) : throw CacheErrors.NotReached(revision, Seen);
    }

    public async ValueTask<ResourceSnapshot?> ExactAsync(long revision, CancellationToken cancellationToken)
    {
        await NotOlderThanAsync(revision, cancellationToken);
        lock (_gate)
        {
            return _history?.TreeAt(revision) is { } tree ? new TreeSnapshot(tree, revision) : null;
        }
    }

    public async ValueTask<IResourceWatch> WatchAsync(CacheWatchOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!options.KeyPrefix.StartsWith(Type.KeyPrefix, StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{options.KeyPrefix}' is not below {Type.KeyPrefix}", nameof(options));
        }

        var wanted = options.AfterRevision ?? options.NotOlderThan ?? await ReadRevisionAsync(cancellationToken);
        await NotOlderThanAsync(wanted, cancellationToken);
        return Open(options);
    }

    private async ValueTask<long> ReadRevisionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _context.Revisions.ReadAsync(cancellationToken).WaitAsync(_context.Options.ReadTimeout, _context.Time, cancellationToken);
        }
        catch (Exception e) when (e is StorageUnavailableException or TimeoutException or ObjectDisposedException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw CacheErrors.Unavailable(e);
        }
    }

    private async ValueTask<TreeSnapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        if (TrySnapshot() is { } snapshot)
        {
            return snapshot;
        }

        try
        {
            await LoadedAsync().WaitAsync(_context.Options.ReadTimeout, _context.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw CacheErrors.NotReady();
        }

        return TrySnapshot() ?? throw CacheErrors.NotReady();
    }

    /// <summary>
    /// The newest objects. The progress is read first: all writes up to it are in whatever tree is read afterwards, and a tree that is newer
    /// says so itself.
    /// </summary>
    private TreeSnapshot? TrySnapshot()
    {
        var seen = Seen;
        return _state is { } state ? new(state.Tree, Math.Max(seen, state.Revision)) : null;
    }

    private Task LoadedAsync()
    {
        lock (_gate)
        {
            return _loaded.Task;
        }
    }

    private CacheWatch Open(CacheWatchOptions options)
    {
        lock (_gate)
        {
            if (_draining)
            {
                throw CacheErrors.Draining();
            }

            if (_history is null || TrySnapshot() is not { } snapshot)
            {
                throw CacheErrors.NotReady();
            }

            if (options.AfterRevision < _history.BaseRevision)
            {
                throw CacheErrors.TooOld(options.AfterRevision.Value, _history.BaseRevision);
            }

            var watch = options.AfterRevision is { } after
                ? CacheWatch.After(this, options, _context.Options, _context.Now, after)
                : CacheWatch.From(this, options, _context.Options, _context.Now, snapshot);
            _watches.Add(watch);
            _context.Watches.Add();
            _context.Metrics.Watches(1, _tags);
            return watch;
        }
    }
}
