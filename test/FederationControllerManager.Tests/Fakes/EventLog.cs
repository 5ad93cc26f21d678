using System.Collections.Concurrent;
using KubeFed.ControllerRuntime.Events;

namespace KubeFed.FederationControllerManager.Tests.Fakes;

/// <summary>Keeps events.</summary>
internal sealed class EventLog : IEventRecorder
{
    private readonly ConcurrentQueue<(string Name, string Reason, string Message)> _events = [];

    public IReadOnlyCollection<(string Name, string Reason, string Message)> All => _events;

    public void Record(ObjectReference regarding, EventType type, string reason, string action, string message) =>
        _events.Enqueue((regarding.Name, reason, message));

    public string[] Reasons(string name) => [.. _events.Where(e => e.Name == name).Select(static e => e.Reason)];
}
