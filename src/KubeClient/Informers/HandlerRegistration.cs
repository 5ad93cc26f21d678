using System.Threading.Channels;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using Microsoft.Extensions.Logging;

namespace KubeFed.KubeClient.Informers;

/// <summary>
/// Feeds one handler from its own bounded queue. When the queue is full the informer waits: the store stands still, the
/// watch is not read, and in the end the server closes it, to be resumed from where the store is. So a handler that
/// blocks delays its neighbours but costs no memory and loses nothing.
/// </summary>
internal sealed class HandlerRegistration : IDisposable
{
    public const int Capacity = 1024;

    private readonly Channel<Notification> _queue = Channel.CreateBounded<Notification>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });

    private readonly IInformerHandler _handler;
    private readonly GroupVersionResource _resource;
    private readonly ILogger _logger;
    private readonly ResourceMeters _meters;
    private readonly Action<HandlerRegistration> _removed;
    private volatile bool _stopped;
    private SyncCountdown? _countdown;

    public HandlerRegistration(
        IInformerHandler handler,
        IReadOnlyCollection<KubeObject> present,
        GroupVersionResource resource,
        ILogger logger,
        ResourceMeters meters,
        Action<HandlerRegistration> removed)
    {
        _handler = handler;
        _resource = resource;
        _logger = logger;
        _meters = meters;
        _removed = removed;
        Completion = Task.Run(() => PumpAsync(present));
    }

    /// <summary>Completes after the last call of the handler.</summary>
    public Task Completion { get; }

    /// <summary>Names whom to tell when the handler has seen what is queued before the next sync mark, or goes before that.</summary>
    public void Expect(SyncCountdown countdown)
    {
        Interlocked.Exchange(ref _countdown, countdown);
        if (_stopped)
        {
            SignalSynced();
        }
    }

    /// <summary>Queues a notification, waiting while the queue is full; dropped when the handler has gone.</summary>
    public async ValueTask PostAsync(Notification notification, CancellationToken cancellationToken)
    {
        _meters.Pending(1);
        while (!_queue.Writer.TryWrite(notification))
        {
            if (!await WaitForRoomAsync(cancellationToken))
            {
                _meters.Pending(-1);
                return;
            }
        }
    }

    /// <summary>Ends the feed without waiting: a call that runs finishes, what is queued is dropped.</summary>
    public void Stop()
    {
        _stopped = true;
        _queue.Writer.TryComplete();
        SignalSynced();
    }

    public void Dispose()
    {
        _removed(this);
        Stop();
    }

    private async ValueTask<bool> WaitForRoomAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _queue.Writer.WaitToWriteAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _meters.Pending(-1);
            throw;
        }
    }

    private async Task PumpAsync(IReadOnlyCollection<KubeObject> present)
    {
        foreach (var value in present)
        {
            Call(Notification.Add(value, isInInitialList: true));
        }

        while (await _queue.Reader.WaitToReadAsync())
        {
            while (_queue.Reader.TryRead(out var next))
            {
                _meters.Pending(-1);
                Call(next);
            }
        }
    }

    private void Call(Notification notification)
    {
        if (_stopped)
        {
            return;
        }

        try
        {
            switch (notification.Kind)
            {
                case NotificationKind.Add:
                    _handler.OnAdd(notification.Value!, notification.Flag);
                    break;
                case NotificationKind.Update:
                    _handler.OnUpdate(notification.Old!, notification.Value!);
                    break;
                case NotificationKind.Delete:
                    _handler.OnDelete(notification.Old!, notification.Flag);
                    break;
                default:
                    SignalSynced();
                    break;
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _meters.HandlerFailed();
            InformerLog.HandlerThrew(_logger, _resource, (notification.Value ?? notification.Old)!.Key, e);
        }
    }

    private void SignalSynced() => Interlocked.Exchange(ref _countdown, null)?.Signal();
}
