using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Standalone;

internal static partial class StandaloneLog
{
    [LoggerMessage(5300, LogLevel.Information, "Not yet begun, trying again: {Reason}", EventName = "BootstrapRetried")]
    public static partial void BootstrapRetried(ILogger logger, string reason);

    [LoggerMessage(5301, LogLevel.Debug, "{Controller} tries {Key} again: {Reason}", EventName = "WorkRetried")]
    public static partial void WorkRetried(ILogger logger, string controller, string key, string reason);

    [LoggerMessage(5302, LogLevel.Information, "This replica ({Identity}) runs the controllers now", EventName = "LeaseTaken")]
    public static partial void LeaseTaken(ILogger logger, string identity);

    [LoggerMessage(5303, LogLevel.Warning, "This replica ({Identity}) no longer runs the controllers: the lease could not be renewed", EventName = "LeaseLost")]
    public static partial void LeaseLost(ILogger logger, string identity);

    [LoggerMessage(5304, LogLevel.Debug, "The lease of the controllers cannot be taken: {Reason}", EventName = "LeaseNotTaken")]
    public static partial void LeaseNotTaken(ILogger logger, string reason);

    [LoggerMessage(5305, LogLevel.Information, "The type {Type} is served", EventName = "DefinitionServed")]
    public static partial void DefinitionServed(ILogger logger, string type);

    [LoggerMessage(5306, LogLevel.Information, "The type {Type} is no longer served", EventName = "DefinitionGone")]
    public static partial void DefinitionGone(ILogger logger, string type);

    [LoggerMessage(5307, LogLevel.Warning, "The definition {Definition} cannot be served: {Reason}", EventName = "DefinitionInvalid")]
    public static partial void DefinitionInvalid(ILogger logger, string definition, string reason);

    [LoggerMessage(5308, LogLevel.Information, "The namespace {Namespace} is gone", EventName = "NamespaceGone")]
    public static partial void NamespaceGone(ILogger logger, string @namespace);

    [LoggerMessage(5309, LogLevel.Debug, "Collected {Object}: its owners are gone", EventName = "ObjectCollected")]
    public static partial void ObjectCollected(ILogger logger, string @object);

    [LoggerMessage(5310, LogLevel.Warning, "{Object} names an owner of another namespace or scope, which cannot be: {Reason}", EventName = "OwnerRefused")]
    public static partial void OwnerRefused(ILogger logger, string @object, string reason);

    [LoggerMessage(5311, LogLevel.Warning, "Too much to collect at once; looking through everything again later", EventName = "CollectorOverflowed")]
    public static partial void CollectorOverflowed(ILogger logger);

    [LoggerMessage(5312, LogLevel.Information, "Watching {Type} for the garbage collector was interrupted, beginning anew: {Reason}", EventName = "CollectorWatchInterrupted")]
    public static partial void CollectorWatchInterrupted(ILogger logger, string type, string reason);

    [LoggerMessage(5313, LogLevel.Error, "A controller failed and is begun anew", EventName = "ControllerFailed")]
    public static partial void ControllerFailed(ILogger logger, Exception exception);
}
