using Microsoft.Extensions.Logging;

namespace KubeFed.ControllerRuntime.Controllers;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Starting controller {Controller} with {Workers} workers", EventName = "ControllerStarting")]
    public static partial void ControllerStarting(ILogger logger, string controller, int workers);

    [LoggerMessage(2, LogLevel.Information, "Stopped controller {Controller}", EventName = "ControllerStopped")]
    public static partial void ControllerStopped(ILogger logger, string controller);

    [LoggerMessage(3, LogLevel.Error, "Reconcile failed; trying again in {Delay}", EventName = "ReconcileFailed")]
    public static partial void ReconcileFailed(ILogger logger, Exception error, TimeSpan delay);

    [LoggerMessage(4, LogLevel.Error, "Reconcile failed; waiting for the object to change", EventName = "ReconcileFailedForGood")]
    public static partial void ReconcileFailedForGood(ILogger logger, Exception error);

    [LoggerMessage(5, LogLevel.Debug, "Reconciled: {Outcome}, coming again in {Delay}", EventName = "Reconciled")]
    public static partial void Reconciled(ILogger logger, ReconcileOutcome outcome, TimeSpan delay);

    [LoggerMessage(6, LogLevel.Warning, "Reconciles of controller {Controller} still run after {GracePeriod}: cancelling them", EventName = "GracePeriodOver")]
    public static partial void GracePeriodOver(ILogger logger, string controller, TimeSpan gracePeriod);

    [LoggerMessage(7, LogLevel.Error, "Reconciles of controller {Controller} ignore their cancellation: leaving them behind", EventName = "ReconcilesAbandoned")]
    public static partial void ReconcilesAbandoned(ILogger logger, string controller);

    [LoggerMessage(8, LogLevel.Information, "Reconcile was cancelled because the controller stops", EventName = "ReconcileCancelled")]
    public static partial void ReconcileCancelled(ILogger logger);
}
