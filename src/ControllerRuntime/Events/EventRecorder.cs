using System.Threading.Channels;
using KubeFed.KubeClient.Discovery;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.ControllerRuntime.Events;

/// <summary>
/// Writes events to an API server in the background: as <c>events.k8s.io/v1</c> where the server has them, as core events elsewhere. Needs
/// the verbs create and patch on events of both groups.
/// </summary>
/// <remarks>
/// Equal events are counted on the first of them. Of more than ten that differ only in their message within ten minutes the further ones become
/// one, "combined from similar events". An object may have 25 events at once and one more every five minutes. What exceeds this, what waits
/// beyond the queue's size, and what the server refuses is dropped, counted and, for refusals, logged.
/// </remarks>
public sealed class EventRecorder : IEventRecorder, IAsyncDisposable
{
    private readonly EventRecorderOptions _options;
    private readonly ILogger _logger;
    private readonly Channel<RecordedEvent> _queue;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _worker;

    /// <summary>Makes a recorder and starts its background work.</summary>
    public EventRecorder(IResourceWriter client, IRestMapper mapper, EventRecorderOptions options, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(mapper);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        _options = options;
        _logger = logger;
        _queue = Channel.CreateBounded<RecordedEvent>(
            new BoundedChannelOptions(options.QueueSize) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => options.Metrics?.Count(EventOutcome.DroppedQueueFull));
        var writer = new EventWriter(client, mapper, options, logger);
        _worker = Task.Run(() => WorkAsync(writer, _stop.Token), CancellationToken.None);
    }

    /// <inheritdoc/>
    public void Record(ObjectReference regarding, EventType type, string reason, string action, string message) =>
        Record(_options.Component, regarding, type, reason, action, message);

    /// <inheritdoc/>
    public IEventRecorder For(string component)
    {
        ArgumentException.ThrowIfNullOrEmpty(component);
        return new ComponentRecorder(this, component);
    }

    /// <summary>
    /// Takes no more events and writes out those that wait, for at most <see cref="EventRecorderOptions.FlushTimeout"/>; the rest is dropped.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete())
        {
            return;
        }

        try
        {
            await _worker.WaitAsync(_options.FlushTimeout, _options.TimeProvider, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            Log.FlushTimedOut(_logger, _queue.Reader.Count);
        }

        await _stop.CancelAsync();
        await _worker.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private void Record(string component, ObjectReference regarding, EventType type, string reason, string action, string message)
    {
        ArgumentNullException.ThrowIfNull(regarding);
        var recorded = new RecordedEvent(
            component,
            regarding,
            type,
            EventText.Cut(reason, EventJson.MaxWordBytes),
            EventText.Cut(action, EventJson.MaxWordBytes),
            EventText.Cut(message, EventJson.MaxMessageBytes))
        {
            Time = _options.TimeProvider.GetUtcNow(),
        };
        _queue.Writer.TryWrite(recorded);
    }

    private async Task WorkAsync(EventWriter writer, CancellationToken cancellationToken)
    {
        await foreach (var recorded in _queue.Reader.ReadAllAsync(cancellationToken))
        {
            var outcome = await writer.WriteAsync(recorded, cancellationToken);
            _options.Metrics?.Count(outcome);
        }
    }

    private sealed class ComponentRecorder(EventRecorder recorder, string name) : IEventRecorder
    {
        public void Record(ObjectReference regarding, EventType type, string reason, string action, string message) =>
            recorder.Record(name, regarding, type, reason, action, message);

        public IEventRecorder For(string component) => recorder.For(component);
    }
}
