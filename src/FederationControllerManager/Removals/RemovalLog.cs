using KubeFed.ApiMachinery.Identity;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Removals;

internal static partial class RemovalLog
{
    [LoggerMessage(1700, LogLevel.Information, "{Count} removals wait for their clusters to come back")]
    public static partial void Loaded(ILogger logger, int count);

    [LoggerMessage(1701, LogLevel.Warning, "The PendingRemovals cannot be read from the host and are tried again in {Delay}: {Reason}")]
    public static partial void NotLoaded(ILogger logger, TimeSpan delay, string reason);

    [LoggerMessage(1702, LogLevel.Warning, "The host does not serve PendingRemovals, so deletions wait for clusters that cannot be reached: run kubefedctl install")]
    public static partial void NotServed(ILogger logger);

    [LoggerMessage(1703, LogLevel.Error, "The PendingRemoval {Name} cannot be read and is left alone: {Reason}")]
    public static partial void Unreadable(ILogger logger, NamespacedName name, string reason);

    [LoggerMessage(1704, LogLevel.Information, "The removal of {Type} {Target} from cluster {Cluster} is put off until the cluster is back")]
    public static partial void Remembered(ILogger logger, string type, NamespacedName target, string cluster);

    [LoggerMessage(1705, LogLevel.Information, "The removal of {Type} {Target} from cluster {Cluster} is done, or not needed any more")]
    public static partial void Forgotten(ILogger logger, string type, NamespacedName target, string cluster);
}
