namespace KubeFed.ControllerRuntime.Queue;

/// <summary>What the observable instruments ask of a queue.</summary>
internal interface IQueueProbe
{
    KeyValuePair<string, object?> NameTag { get; }

    QueueObservation Observe();
}
