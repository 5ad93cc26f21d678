using Microsoft.Extensions.Logging;

namespace KubeFed.FederationApiServer.Hosting;

internal static partial class StandaloneModeLog
{
    [LoggerMessage(
        6200,
        LogLevel.Information,
        "Serving by itself at {Address}; try: kubectl --kubeconfig {Kubeconfig} get namespaces",
        EventName = "StandaloneReady")]
    public static partial void Ready(ILogger logger, Uri address, string kubeconfig);
}
