using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Hosting;

internal static partial class ApiServerLog
{
    [LoggerMessage(2000, LogLevel.Error, "{Method} {Path} failed in a way that it must not", EventName = "RequestPanicked")]
    public static partial void RequestPanicked(ILogger logger, string method, string path, Exception error);

    [LoggerMessage(2001, LogLevel.Information, "Serving at {Address}", EventName = "Serving")]
    public static partial void Serving(ILogger logger, Uri address);

    [LoggerMessage(2002, LogLevel.Information, "Stopping: not ready from now, serving for {Delay} more", EventName = "Stopping")]
    public static partial void Stopping(ILogger logger, TimeSpan delay);

    [LoggerMessage(2003, LogLevel.Information, "Stopped; connections that had to be cut: {Cut}", EventName = "Stopped")]
    public static partial void Stopped(ILogger logger, int cut);

    [LoggerMessage(2004, LogLevel.Warning, "{Method} {Path} ran out of time after {Seconds} s", EventName = "RequestTimedOut")]
    public static partial void RequestTimedOut(ILogger logger, string method, string path, double seconds);

    [LoggerMessage(2005, LogLevel.Error, "Authorization of {Verb} {Path} could not be found out", EventName = "AuthorizationFailed")]
    public static partial void AuthorizationFailed(ILogger logger, string verb, string path, Exception error);

    [LoggerMessage(2006, LogLevel.Warning, "The heartbeat of connection {Connection} failed", EventName = "HeartbeatFailed")]
    public static partial void HeartbeatFailed(ILogger logger, string connection, Exception error);
}
