using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Scheduling.Capacity;

/// <summary>Collects from one member, at intervals and when asked to, until disposed. A member that fails or hangs holds up nobody else.</summary>
internal sealed class MemberCollector : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly string _cluster;
    private readonly CapacitySettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action<string> _changed;
    private readonly Task _running;
    private volatile Reading? _last;
    private volatile TaskCompletionSource _asked = NewSignal();
    private string? _failure;

    public MemberCollector(
        string cluster, IResourceReader client, CapacitySettings settings, TimeProvider time, ILogger logger, Action<string> changed)
    {
        _cluster = cluster;
        Client = client;
        _settings = settings;
        _time = time;
        _logger = logger;
        _changed = changed;
        using var _ = ExecutionContext.SuppressFlow();
        _running = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>The client that it reads with.</summary>
    public IResourceReader Client { get; }

    /// <summary>What was last read; null where nothing was, or too long ago.</summary>
    public MemberRoom? Room => _last is { } last && _time.GetElapsedTime(last.At) <= _settings.MaxAge ? last.Room : null;

    /// <summary>Asks for a reading soon.</summary>
    public void Refresh() => _asked.TrySetResult();

    /// <summary>Stops, and waits until nothing is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                _asked = NewSignal();
                var started = _time.GetTimestamp();
                await ReadAsync();
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
                await Task.WhenAny(_asked.Task, Task.Delay(_settings.Interval, _time, waiting.Token));
                await waiting.CancelAsync();
                var pause = _settings.Pause - _time.GetElapsedTime(started);
                await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, _time, _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            _last = null;
        }
    }

    private async Task ReadAsync()
    {
        using var timeout = new CancellationTokenSource(_settings.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, timeout.Token);
        try
        {
            Publish(await MemberRoomReader.ReadAsync(Client, either.Token));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !_stopping.IsCancellationRequested)
        {
            Fail($"no answer within {_settings.Timeout}");
        }
        catch (Exception e) when (e is StatusException or HttpRequestException or IOException or InvalidDataException or KubeObjectFormatException)
        {
            Fail(e.Message);
        }
    }

    private void Publish(MemberRoom room)
    {
        var before = Room;
        _last = new Reading(room, _time.GetTimestamp());
        _failure = null;
        CapacityLog.Collected(_logger, _cluster, room.Nodes.Count);
        if (before?.SameAs(room) != true)
        {
            _changed(_cluster);
        }
    }

    private void Fail(string reason)
    {
        if (_failure != reason)
        {
            CapacityLog.NotCollected(_logger, _cluster, reason);
            _failure = reason;
        }

        if (_last is not null && Room is null)
        {
            _last = null;
            _changed(_cluster);
        }
    }

    private sealed record Reading(MemberRoom Room, long At);
}
