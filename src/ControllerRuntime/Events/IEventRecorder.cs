namespace KubeFed.ControllerRuntime.Events;

/// <summary>Tells users what happened to their objects.</summary>
public interface IEventRecorder
{
    /// <summary>
    /// Records an event; returns at once and never fails. Events are written in the background, equal ones are counted instead of repeated,
    /// and those that are too many are dropped: they are for people, and never the only place of a fact.
    /// </summary>
    /// <param name="regarding">The object it is about.</param>
    /// <param name="type">How it is to be taken.</param>
    /// <param name="reason">Why, one PascalCase word for machines; cut at 128 bytes.</param>
    /// <param name="action">What was done or tried, one PascalCase word; cut at 128 bytes.</param>
    /// <param name="message">For people; cut at 1024 bytes.</param>
    void Record(ObjectReference regarding, EventType type, string reason, string action, string message);

    /// <summary>
    /// The same recorder in the name of another component, a qualified name such as <c>kubefed.io/sync-controller</c> or
    /// <c>sync-controller</c>; queue and limits are shared. It lives as long as this one and is not to be disposed.
    /// </summary>
    IEventRecorder For(string component);
}
