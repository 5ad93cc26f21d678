using KubeFed.ApiMachinery.Identity;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Scheduling;

internal static partial class SchedulingLog
{
    [LoggerMessage(1500, LogLevel.Information, "Replica scheduling runs; preferences are followed: {IsEnabled}")]
    public static partial void Running(ILogger logger, bool isEnabled);

    [LoggerMessage(1501, LogLevel.Information, "{Kind} \"{Key}\" follows its preference: {Schedule}")]
    public static partial void Applied(ILogger logger, string kind, NamespacedName key, string schedule);

    [LoggerMessage(1502, LogLevel.Information, "{Kind} \"{Key}\" has no preference any more and got back what it had")]
    public static partial void Released(ILogger logger, string kind, NamespacedName key);
}
