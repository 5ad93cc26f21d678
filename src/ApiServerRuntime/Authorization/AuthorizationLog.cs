using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Authorization;

internal static partial class AuthorizationLog
{
    [LoggerMessage(5140, LogLevel.Warning, "Cannot ask the host who may do what, trying again: {Reason}", EventName = "SubjectAccessReviewFailed")]
    public static partial void ReviewFailed(ILogger logger, string reason);
}
