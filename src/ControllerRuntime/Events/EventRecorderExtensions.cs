using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ControllerRuntime.Events;

/// <summary>Shorter ways to record events.</summary>
public static class EventRecorderExtensions
{
    /// <summary>Records an event about an object. See <see cref="IEventRecorder.Record"/>.</summary>
    public static void Record(this IEventRecorder recorder, KubeObject regarding, EventType type, string reason, string action, string message)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        recorder.Record(ObjectReference.To(regarding), type, reason, action, message);
    }
}
