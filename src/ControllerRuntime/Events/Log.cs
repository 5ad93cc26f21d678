using KubeFed.ApiMachinery.Identity;
using Microsoft.Extensions.Logging;

namespace KubeFed.ControllerRuntime.Events;

internal static partial class Log
{
    [LoggerMessage(40, LogLevel.Warning, "The event {Reason} about {Kind} {Object} could not be written", EventName = "EventFailed")]
    public static partial void EventFailed(ILogger logger, Exception error, string reason, string kind, NamespacedName @object);

    [LoggerMessage(41, LogLevel.Debug, "The event {Event} exists already", EventName = "EventExists")]
    public static partial void EventExists(ILogger logger, NamespacedName @event);

    [LoggerMessage(42, LogLevel.Warning, "{Count} events could not be written before the end", EventName = "EventFlushTimedOut")]
    public static partial void FlushTimedOut(ILogger logger, int count);
}
