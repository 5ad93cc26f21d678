namespace KubeFed.ControllerRuntime.Events;

/// <summary>What makes events equal; a null message makes them similar.</summary>
internal sealed record EventKey(ObjectReference Subject, EventType Type, string Reason, string Action, string? Message);
