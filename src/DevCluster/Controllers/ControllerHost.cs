using Microsoft.Extensions.Logging;

namespace KubeFed.DevClusters.Controllers;

/// <summary>Runs the controllers of a cluster, each by itself.</summary>
internal static partial class ControllerHost
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Runs controllers until cancelled. One that ends or fails is begun again.</summary>
    public static Task RunAsync(IReadOnlyList<IDevController> controllers, DevControllerContext context, CancellationToken cancellationToken)
    {
        var logger = context.Logging.CreateLogger("KubeFed.DevClusters.Controllers");
        return Task.WhenAll(controllers.Select(controller => Task.Run(() => KeepAsync(controller, context, logger, cancellationToken), CancellationToken.None)));
    }

    private static async Task KeepAsync(IDevController controller, DevControllerContext context, ILogger logger, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await controller.RunAsync(context, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Log.Failed(logger, controller.GetType().Name, e);
            }

            await Task.Delay(Pause, context.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7000, LogLevel.Error, "{Controller} failed and is begun again", EventName = "DevControllerFailed")]
        public static partial void Failed(ILogger logger, string controller, Exception exception);
    }
}
