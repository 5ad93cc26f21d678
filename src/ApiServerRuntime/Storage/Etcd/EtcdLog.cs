using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

internal static partial class EtcdLog
{
    [LoggerMessage(EventId = 3100, Level = LogLevel.Warning, Message = "etcd member {Endpoint} does not answer: {Reason}")]
    public static partial void EndpointDown(ILogger logger, Uri endpoint, string reason);

    [LoggerMessage(EventId = 3101, Level = LogLevel.Information, Message = "etcd member {Endpoint} answers again")]
    public static partial void EndpointUp(ILogger logger, Uri endpoint);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning, Message = "Keeping the last TLS files for etcd, the changed ones are no use: {Reason}")]
    public static partial void TlsFilesUnusable(ILogger logger, string reason);

    [LoggerMessage(EventId = 3103, Level = LogLevel.Information, Message = "The files for TLS to etcd have changed")]
    public static partial void TlsFilesChanged(ILogger logger);

    [LoggerMessage(EventId = 3104, Level = LogLevel.Debug, Message = "Compacted etcd's history up to revision {Revision}")]
    public static partial void Compacted(ILogger logger, long revision);

    [LoggerMessage(EventId = 3105, Level = LogLevel.Warning, Message = "Cannot compact etcd's history now: {Reason}")]
    public static partial void CompactionFailed(ILogger logger, string reason);

    [LoggerMessage(EventId = 3107, Level = LogLevel.Debug, Message = "etcd's history is compacted beyond revision {Revision} already")]
    public static partial void AlreadyCompacted(ILogger logger, long revision);

    [LoggerMessage(EventId = 3106, Level = LogLevel.Debug, Message = "Logged in to etcd as {User}")]
    public static partial void LoggedIn(ILogger logger, string user);
}
