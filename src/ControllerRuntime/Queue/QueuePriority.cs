namespace KubeFed.ControllerRuntime.Queue;

/// <summary>Which of the ready keys are handed out first.</summary>
public enum QueuePriority
{
    /// <summary>In the order in which they became ready.</summary>
    Normal,

    /// <summary>Behind all normal ones, but for one in eight, so that they never starve: a backlog that nobody waits for.</summary>
    Low,
}
