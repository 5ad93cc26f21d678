using System.Text.Json.Nodes;

namespace KubeFed.e2e.Installations;

/// <summary>The chart's names for the settings of a KubeFedConfig.</summary>
internal static class ChartValues
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["controllerDuration.availableDelay"] = "clusterAvailableDelay",
        ["controllerDuration.unavailableDelay"] = "clusterUnavailableDelay",
        ["clusterHealthCheck.period"] = "clusterHealthCheckPeriod",
        ["clusterHealthCheck.timeout"] = "clusterHealthCheckTimeout",
        ["clusterHealthCheck.failureThreshold"] = "clusterHealthCheckFailureThreshold",
        ["leaderElect.leaseDuration"] = "leaderElectLeaseDuration",
        ["leaderElect.renewDeadline"] = "leaderElectRenewDeadline",
        ["leaderElect.retryPeriod"] = "leaderElectRetryPeriod",
    };

    /// <summary>The values by which the chart makes a KubeFedConfig with this spec.</summary>
    public static JsonObject Of(JsonObject spec)
    {
        var values = new JsonObject();
        foreach (var (group, settings) in spec)
        {
            foreach (var (name, value) in settings!.AsObject())
            {
                values[Names[$"{group}.{name}"]] = value!.DeepClone();
            }
        }

        return new JsonObject { ["controllermanager"] = values };
    }
}
