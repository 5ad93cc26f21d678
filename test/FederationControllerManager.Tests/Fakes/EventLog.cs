using System.Collections.Concurrent;
using KubeFed.ControllerRuntime.Events;

namespace KubeFed.FederationControllerManager.Tests.Fakes;

/// <summary>Keeps events.</summary>
internal sealed class EventLog : IEventRecorder
{
    private readonly ConcurrentQueue<(string Name, string Reason, string Message)> _events = [];
    private readonly ConcurrentDictionary<string, int> _components = new(StringComparer.Ordinal);

    public IReadOnlyCollection<(string Name, string Reason, string Message)> All => _events;

    /// <summary>The components in whose names there are events; those without are not among them.</summary>
    public IEnumerable<string> Components => _components.Keys;

    public void Record(ObjectReference regarding, EventType type, string reason, string action, string message) =>
        _events.Enqueue((regarding.Name, reason, message));

    public IEventRecorder For(string component) => new ComponentLog(this, component);

    public string[] Reasons(string name) => [.. _events.Where(e => e.Name == name).Select(static e => e.Reason)];

    private sealed class ComponentLog(EventLog log, string name) : IEventRecorder
    {
        public void Record(ObjectReference regarding, EventType type, string reason, string action, string message)
        {
            log._components.TryAdd(name, 0);
            log.Record(regarding, type, reason, action, message);
        }

        public IEventRecorder For(string component) => log.For(component);
    }
}
