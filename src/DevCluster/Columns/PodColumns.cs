using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Tables;
using static KubeFed.DevClusters.Columns.Cells;
using static KubeFed.DevClusters.Columns.ClusterColumns;

namespace KubeFed.DevClusters.Columns;

/// <summary>The cells of pods.</summary>
internal static class PodColumns
{
    private const string Pods = "pods";

    public static KeyValuePair<(string Resource, string Column), Func<KubeObject, DateTimeOffset, JsonNode?>>[] All =>
    [
        Of(Pods, "Ready", static (pod, _) => Ready(pod)),
        Of(Pods, "Status", static (pod, _) => Status(pod)),
        Of(Pods, "Restarts", Restarts),
        Of(Pods, "IP", static (pod, _) => Text(pod, None, "status", "podIP")),
        Of(Pods, "Node", static (pod, _) => Text(pod, None, "spec", "nodeName")),
        Of(Pods, "Nominated Node", static (pod, _) => Text(pod, None, "status", "nominatedNodeName")),
        Of(Pods, "Readiness Gates", static (pod, _) => Gates(pod)),
    ];

    private static string Ready(KubeObject pod)
    {
        int ready = Items(pod.GetNode("status", "containerStatuses")).Count(static status => (bool?)status["ready"] == true);
        return string.Create(CultureInfo.InvariantCulture, $"{ready}/{Items(pod.GetNode("spec", "containers")).Count}");
    }

    private static string Status(KubeObject pod)
    {
        string status = Text(pod, Text(pod, Unknown, "status", "phase"), "status", "reason");
        if (Condition(pod, "PodScheduled") is { } scheduled && (string?)scheduled["reason"] == "SchedulingGated")
        {
            status = "SchedulingGated";
        }

        if (Initializing(pod) is { } initializing)
        {
            status = initializing;
        }
        else
        {
            status = Containers(pod, status);
        }

        return pod.Metadata.IsDeleting ? (pod.GetString("status", "reason") == "NodeLost" ? "Unknown" : "Terminating") : status;
    }

    private static string? Initializing(KubeObject pod)
    {
        var states = Items(pod.GetNode("status", "initContainerStatuses"));
        for (int i = 0; i < states.Count; i++)
        {
            var state = states[i]["state"];
            if (state?["terminated"] is { } ended)
            {
                if (Number(ended["exitCode"]) == 0)
                {
                    continue;
                }

                return $"Init:{Ended(ended)}";
            }

            return (string?)state?["waiting"]?["reason"] is { Length: > 0 } reason && reason != "PodInitializing"
                ? $"Init:{reason}"
                : string.Create(CultureInfo.InvariantCulture, $"Init:{i}/{Items(pod.GetNode("spec", "initContainers")).Count}");
        }

        return null;
    }

    private static string Containers(KubeObject pod, string status)
    {
        bool runs = false;
        foreach (var container in Items(pod.GetNode("status", "containerStatuses")).Reverse())
        {
            var state = container["state"];
            if ((string?)state?["waiting"]?["reason"] is { Length: > 0 } waiting)
            {
                status = waiting;
            }
            else if (state?["terminated"] is { } ended)
            {
                status = Ended(ended);
            }
            else if ((bool?)container["ready"] == true && state?["running"] is not null)
            {
                runs = true;
            }
        }

        return status == "Completed" && runs ? ((string?)Condition(pod, "Ready")?["status"] == "True" ? "Running" : "NotReady") : status;
    }

    private static string Ended(JsonNode ended) => (string?)ended["reason"] is { Length: > 0 } reason ? reason
        : Number(ended["signal"]) is not 0 and var signal ? string.Create(CultureInfo.InvariantCulture, $"Signal:{signal}")
        : string.Create(CultureInfo.InvariantCulture, $"ExitCode:{Number(ended["exitCode"])}");

    private static JsonNode Restarts(KubeObject pod, DateTimeOffset now)
    {
        var states = Items(pod.GetNode("status", "containerStatuses"));
        int count = states.Sum(static status => Number(status["restartCount"]));
        var last = states.Select(static status => Time((string?)status["lastState"]?["terminated"]?["finishedAt"])).Max();
        return last is { } time && count > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{count} ({HumanDuration.Format(now - time)} ago)")
            : count.ToString(CultureInfo.InvariantCulture);
    }

    private static string Gates(KubeObject pod)
    {
        var gates = Items(pod.GetNode("spec", "readinessGates"));
        int met = gates.Count(gate => (string?)Condition(pod, (string?)gate["conditionType"] ?? string.Empty)?["status"] == "True");
        return gates.Count == 0 ? None : string.Create(CultureInfo.InvariantCulture, $"{met}/{gates.Count}");
    }
}
