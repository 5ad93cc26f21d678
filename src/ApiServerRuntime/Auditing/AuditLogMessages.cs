using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Auditing;

internal static partial class AuditLogMessages
{
    [LoggerMessage(5160, LogLevel.Error, "Audit events are lost, {Lost} so far: they come faster than they can be written", EventName = "AuditOverflow")]
    public static partial void Overflow(ILogger logger, long lost);

    [LoggerMessage(5161, LogLevel.Error, "Audit events are lost, {Lost} so far: they cannot be written", EventName = "AuditWriteFailed")]
    public static partial void WriteFailed(ILogger logger, long lost, Exception error);

    [LoggerMessage(5162, LogLevel.Warning, "Audit events can be written again; {Lost} were lost", EventName = "AuditRecovered")]
    public static partial void Recovered(ILogger logger, long lost);
}
