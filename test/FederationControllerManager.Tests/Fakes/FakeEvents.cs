using System.Collections.Concurrent;
using KubeFed.ControllerRuntime.Events;

namespace KubeFed.FederationControllerManager.Tests.Fakes;

/// <summary>Keeps the events.</summary>
internal sealed class FakeEvents : IEventRecorder
{
    public ConcurrentQueue<(string Reason, string Message)> Recorded { get; } = [];

    public void Record(ObjectReference regarding, EventType type, string reason, string action, string message) =>
        Recorded.Enqueue((reason, message));

    public IEventRecorder For(string component) => this;
}
