using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Webhooks;

internal static partial class WebhookLog
{
    [LoggerMessage(1800, LogLevel.Information, "The validating webhook is served on port {Port}")]
    public static partial void Serving(ILogger logger, int port);

    [LoggerMessage(1801, LogLevel.Information, "The authorities of the webhook's certificate are published in the ValidatingWebhookConfiguration {Name}")]
    public static partial void Published(ILogger logger, string name);

    [LoggerMessage(1802, LogLevel.Debug, "A request to the webhook is no review: {Reason}")]
    public static partial void Unreadable(ILogger logger, string reason);

    [LoggerMessage(1803, LogLevel.Error, "The validating webhook is no longer looked after")]
    public static partial void Ended(ILogger logger, Exception error);
}
