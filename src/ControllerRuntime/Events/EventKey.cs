namespace KubeFed.ControllerRuntime.Events;

/// <summary>What makes events equal; a null message makes them similar.</summary>
internal sealed record EventKey(string Component, ObjectReference Subject, EventType Type, string Reason, string Action, string? Message);
