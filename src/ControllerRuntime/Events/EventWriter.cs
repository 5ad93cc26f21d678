using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Discovery;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.ControllerRuntime.Events;

/// <summary>Decides what becomes of each event and writes it. Used by one thread at a time.</summary>
internal sealed class EventWriter(IResourceWriter client, IRestMapper mapper, EventRecorderOptions options, ILogger logger)
{
    private readonly EventSpamFilter _filter = new(options);
    private readonly EventAggregator _aggregator = new(options);
    private readonly LruCache<EventKey, WrittenEvent> _written = new(options.MemorySize);
    private IEventDialect? _dialect;
    private long _lastUnique;

    public async Task<EventOutcome> WriteAsync(RecordedEvent recorded, CancellationToken cancellationToken)
    {
        var (key, message) = _aggregator.Observe(recorded);
        if (!_filter.Allows(recorded.Subject))
        {
            return EventOutcome.DroppedTooMany;
        }

        var name = new NamespacedName(recorded.Namespace, EventText.Name(recorded.Regarding.Name, NextUnique(recorded.Time)));
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await TryWriteAsync(recorded, key, message, name, cancellationToken);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested && IsPassing(error) && tries < options.MaxTries)
            {
                await Task.Delay(options.Retry.DelayFor(tries, options.Random), options.TimeProvider, cancellationToken);
            }
#pragma warning disable CA1031 // An event that cannot be written is dropped, whatever the cause.
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.EventFailed(logger, error, recorded.Reason, recorded.Regarding.Kind, new NamespacedName(recorded.Regarding.Namespace, recorded.Regarding.Name));
                return EventOutcome.Failed;
            }
        }
    }

    private static bool IsPassing(Exception error) => error switch
    {
        StatusException status => status.Code is 429 or >= 500,
        HttpRequestException or IOException or TimeoutException or OperationCanceledException => true,
        _ => false,
    };

    private async Task<EventOutcome> TryWriteAsync(RecordedEvent recorded, EventKey key, string message, NamespacedName name, CancellationToken cancellationToken)
    {
        _dialect ??= await ChooseDialectAsync(cancellationToken);
        if (_written.TryGet(key, out var known) && await TryCountAsync(known, recorded, message, cancellationToken))
        {
            _written.Set(key, known with { Count = known.Count + 1 });
            return EventOutcome.Counted;
        }

        try
        {
            await client.CreateAsync(_dialect.Resource, _dialect.Create(recorded, name.Name, message, options), cancellationToken: cancellationToken);
        }
        catch (StatusException error) when (error.IsAlreadyExists)
        {
            // The name is ours alone, so an earlier try has made it after all.
            Log.EventExists(logger, name);
        }

        _written.Set(key, new WrittenEvent(name, 1));
        return EventOutcome.Created;
    }

    private async Task<bool> TryCountAsync(WrittenEvent known, RecordedEvent recorded, string message, CancellationToken cancellationToken)
    {
        try
        {
            await client.PatchAsync(_dialect!.Resource, known.Name, _dialect.Count(known.Count + 1, recorded.Time, message), cancellationToken: cancellationToken);
            return true;
        }
        catch (StatusException error) when (error.IsNotFound)
        {
            return false;
        }
    }

    private async Task<IEventDialect> ChooseDialectAsync(CancellationToken cancellationToken)
    {
        var modern = new ModernEvents();
        return await mapper.FindResourceAsync(modern.Resource, cancellationToken) is null ? new CoreEvents() : modern;
    }

    private long NextUnique(DateTimeOffset time) => _lastUnique = Math.Max(_lastUnique + 1, (time - DateTimeOffset.UnixEpoch).Ticks * 100);
}
