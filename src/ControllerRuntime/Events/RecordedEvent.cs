namespace KubeFed.ControllerRuntime.Events;

/// <summary>An event as it was recorded. Two are equal, and counted as one, when all but the time and the object's version is.</summary>
internal sealed record RecordedEvent(string Component, ObjectReference Regarding, EventType Type, string Reason, string Action, string Message)
{
    public required DateTimeOffset Time { get; init; }

    /// <summary>The namespace that the event lives in.</summary>
    public string Namespace => Regarding.Namespace.Length == 0 ? "default" : Regarding.Namespace;

    public ObjectReference Subject => Regarding with { ResourceVersion = null };

    public EventKey Key => new(Component, Subject, Type, Reason, Action, Message);
}
