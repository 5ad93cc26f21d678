using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.Scale.Measure;

/// <summary>
/// Follows the objects of a resource by one watch, and knows when so many have come to a round. One watch more costs an API server
/// less than any polling, and its events carry no delay of their own.
/// </summary>
internal sealed class ProgressWatch : IAsyncDisposable
{
    private readonly IDynamicClient _client;
    private readonly GroupVersionResource _resource;
    private readonly WatchOptions _options;
    private readonly Func<KubeObject, int> _roundOf;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<NamespacedName, int> _rounds = [];
    private readonly Dictionary<int, int> _counts = [];
    private readonly Dictionary<NamespacedName, (int Round, TaskCompletionSource<long> Shown)> _awaited = [];
    private Goal? _goal;
    private Task _running = Task.CompletedTask;

    private ProgressWatch(IDynamicClient client, GroupVersionResource resource, WatchOptions options, Func<KubeObject, int> roundOf, TimeProvider time)
    {
        _client = client;
        _resource = resource;
        _options = options;
        _roundOf = roundOf;
        _time = time;
    }

    /// <summary>Starts at the present state of the resource, which must match nothing yet.</summary>
    /// <param name="client">The cluster's.</param>
    /// <param name="resource">What to watch, in all namespaces.</param>
    /// <param name="options">Selector and representation.</param>
    /// <param name="roundOf">The round that an object shows.</param>
    /// <param name="time">The clock of the results.</param>
    /// <param name="cancellationToken">Ends the start, not the watch.</param>
    public static async Task<ProgressWatch> StartAsync(
        IDynamicClient client,
        GroupVersionResource resource,
        WatchOptions options,
        Func<KubeObject, int> roundOf,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var now = await client.ListAsync(resource, null, new ListOptions { Limit = 1, LabelSelector = options.LabelSelector }, cancellationToken);
        var watch = new ProgressWatch(client, resource, options, roundOf, time);
        watch._running = watch.FollowAsync(now.ResourceVersion, watch._stopping.Token);
        return watch;
    }

    /// <summary>Sets what to wait for: the timestamp of the event after which this many objects show the round (0 objects: none is left).</summary>
    public Task<long> ReachAsync(int round, int count, CancellationToken cancellationToken) =>
        ReachAsync(() => count == 0 ? _rounds.Count == 0 : _counts.GetValueOrDefault(round) >= count, cancellationToken);

    /// <summary>Waits until there are no more objects than so many.</summary>
    public Task<long> FallToAsync(int count, CancellationToken cancellationToken) => ReachAsync(() => _rounds.Count <= count, cancellationToken);

    /// <summary>The timestamp of the event after which an object shows a round. One wait for each object at a time.</summary>
    public async Task<long> ShowAsync(NamespacedName name, int round, CancellationToken cancellationToken)
    {
        var shown = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_rounds.TryGetValue(name, out var present) && present == round)
            {
                return _time.GetTimestamp();
            }

            _awaited[name] = (round, shown);
        }

        var ended = await Task.WhenAny(shown.Task, _running).WaitAsync(cancellationToken);
        await ended;
        return await shown.Task.WaitAsync(cancellationToken);
    }

    /// <summary>How far it is, for a person.</summary>
    public string Describe()
    {
        lock (_lock)
        {
            return $"{_rounds.Count} objects, by round: {string.Join(", ", _counts.Where(static c => c.Value > 0).Select(static c => $"{c.Key}: {c.Value}"))}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }

        _stopping.Dispose();
    }

    private async Task<long> ReachAsync(Func<bool> isReached, CancellationToken cancellationToken)
    {
        Goal goal;
        lock (_lock)
        {
            goal = _goal = new Goal(isReached);
            Check();
        }

        var ended = await Task.WhenAny(goal.Reached.Task, _running).WaitAsync(cancellationToken);
        await ended;
        return await goal.Reached.Task.WaitAsync(cancellationToken);
    }

    private async Task FollowAsync(string version, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var options = _options with { ResourceVersion = version, Timeout = TimeSpan.FromMinutes(60) };
                await foreach (var (type, value) in _client.WatchAsync(_resource, null, options, cancellationToken))
                {
                    version = value.Metadata.ResourceVersion!;
                    Note(type, value);
                }
            }
            catch (StatusException e)
            {
                throw new MeasurementException($"the watch of {_resource} ended: {e.Message}", e);
            }
        }
    }

    private void Note(WatchEventType type, KubeObject value)
    {
        if (type == WatchEventType.Bookmark)
        {
            return;
        }

        lock (_lock)
        {
            if (_rounds.Remove(value.Key, out var old))
            {
                _counts[old]--;
            }

            if (type != WatchEventType.Deleted)
            {
                var round = _roundOf(value);
                _rounds[value.Key] = round;
                _counts[round] = _counts.GetValueOrDefault(round) + 1;
                if (_awaited.TryGetValue(value.Key, out var awaited) && awaited.Round == round)
                {
                    _awaited.Remove(value.Key);
                    awaited.Shown.TrySetResult(_time.GetTimestamp());
                }
            }

            Check();
        }
    }

    private void Check()
    {
        if (_goal is { } goal && goal.IsReached())
        {
            goal.Reached.TrySetResult(_time.GetTimestamp());
        }
    }

    private sealed record Goal(Func<bool> IsReached)
    {
        public TaskCompletionSource<long> Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
