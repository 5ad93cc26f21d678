namespace KubeFed.ControllerRuntime.Events;

/// <summary>What became of a recorded event.</summary>
internal enum EventOutcome
{
    Created,
    Counted,
    DroppedQueueFull,
    DroppedTooMany,
    Failed,
}
