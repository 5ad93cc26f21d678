using KubeFed.ApiMachinery.Identity;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Sync;

internal static partial class SyncLog
{
    [LoggerMessage(1300, LogLevel.Information, "Propagating {Type}: {Count} federated objects")]
    public static partial void Propagating(ILogger logger, GroupResource type, int count);

    [LoggerMessage(1301, LogLevel.Information, "No longer propagating {Type}")]
    public static partial void Stopped(ILogger logger, GroupResource type);
}
