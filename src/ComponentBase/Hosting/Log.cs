using KubeFed.ComponentBase.Options;
using Microsoft.Extensions.Logging;

namespace KubeFed.ComponentBase.Hosting;

internal static partial class Log
{
    [LoggerMessage(110, LogLevel.Information, "Serving {What} on {Address}", EventName = "EndpointServing")]
    public static partial void Serving(ILogger logger, string what, ListenAddress address);

    [LoggerMessage(111, LogLevel.Critical, "{Name} cannot start: {Reason}", EventName = "CannotStart")]
    public static partial void CannotStart(ILogger logger, string name, string reason);

    [LoggerMessage(112, LogLevel.Critical, "{Name} failed", EventName = "ComponentFailed")]
    public static partial void Failed(ILogger logger, Exception error, string name);

    [LoggerMessage(113, LogLevel.Information, "{Name} was asked to stop and does so within {GracePeriod}; a second signal ends it at once", EventName = "ComponentStopping")]
    public static partial void Stopping(ILogger logger, string name, TimeSpan gracePeriod);

    [LoggerMessage(114, LogLevel.Error, "{Name} did not stop within {GracePeriod}: leaving its work unfinished", EventName = "GracePeriodOver")]
    public static partial void GracePeriodOver(ILogger logger, string name, TimeSpan gracePeriod);
}
