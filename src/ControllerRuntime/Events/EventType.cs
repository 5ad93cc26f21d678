namespace KubeFed.ControllerRuntime.Events;

/// <summary>How an event is to be taken.</summary>
public enum EventType
{
    /// <summary>For information.</summary>
    Normal,

    /// <summary>Something may be wrong.</summary>
    Warning,
}
