using System.Threading.Channels;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Tests.Hosting;

internal sealed class FakeWatch(Func<KubeObject, bool> matches, Action<FakeWatch> ended) : IResourceWatch
{
    private readonly Channel<ResourceEvent> _events = Channel.CreateUnbounded<ResourceEvent>();

    public void Send(WatchEventType type, EventPayload payload)
    {
        if (type == WatchEventType.Bookmark || matches(payload.Object))
        {
            _events.Writer.TryWrite(new ResourceEvent(type, payload));
        }
    }

    public void End(StatusException? failure) => _events.Writer.TryComplete(failure);

    public async ValueTask<IReadOnlyList<ResourceEvent>> ReadAsync(CancellationToken cancellationToken)
    {
        var events = new List<ResourceEvent>();
        if (await _events.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_events.Reader.TryRead(out ResourceEvent @event))
            {
                events.Add(@event);
            }
        }

        return events;
    }

    public ValueTask DisposeAsync()
    {
        ended(this);
        return ValueTask.CompletedTask;
    }
}
