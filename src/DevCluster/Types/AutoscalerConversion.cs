using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.DevClusters.Types;

/// <summary>
/// Horizontal pod autoscalers of <c>autoscaling/v1</c>, stored as <c>v2</c>: the target of cpu utilization is a metric among others. Other
/// metrics, and behaviour, have no place in v1: they are in annotations there, as kube-apiserver has them.
/// </summary>
internal sealed class AutoscalerConversion : IVersionConversion
{
    private const string Target = "targetCPUUtilizationPercentage";
    private const string Current = "currentCPUUtilizationPercentage";
    private const string Metrics = "autoscaling.alpha.kubernetes.io/metrics";
    private const string Behavior = "autoscaling.alpha.kubernetes.io/behavior";

    public static AutoscalerConversion Instance { get; } = new();

    public void FromStorage(JsonObject root)
    {
        if (root["spec"] is JsonObject spec)
        {
            var metrics = spec["metrics"] as JsonArray;
            spec.Remove("metrics");
            var cpu = Take(metrics, "target");
            if (cpu is not null)
            {
                spec[Target] = cpu;
            }

            Annotate(root, Metrics, metrics is { Count: > 0 } ? metrics : null);
            Annotate(root, Behavior, spec["behavior"]);
            spec.Remove("behavior");
        }

        if (root["status"] is JsonObject status)
        {
            if (Take(status["currentMetrics"] as JsonArray, "current") is { } now)
            {
                status[Current] = now;
            }

            status.Remove("currentMetrics");
            status.Remove("conditions");
        }
    }

    public void ToStorage(JsonObject root)
    {
        if (root["spec"] is JsonObject spec)
        {
            var metrics = Unannotate(root, Metrics) as JsonArray ?? [];
            if (spec[Target] is { } target)
            {
                metrics.Insert(0, Cpu("target", target.DeepClone()));
                spec.Remove(Target);
            }

            if (metrics.Count > 0)
            {
                spec["metrics"] = metrics;
            }

            if (Unannotate(root, Behavior) is JsonObject behavior)
            {
                spec["behavior"] = behavior;
            }
        }

        if (root["status"] is JsonObject status && status[Current] is { } now)
        {
            status["currentMetrics"] = new JsonArray(Cpu("current", now.DeepClone()));
            status.Remove(Current);
        }
    }

    private static JsonObject Cpu(string member, JsonNode percent)
    {
        var value = new JsonObject { ["averageUtilization"] = percent };
        if (member == "target")
        {
            value["type"] = "Utilization";
        }

        return new JsonObject { ["type"] = "Resource", ["resource"] = new JsonObject { ["name"] = "cpu", [member] = value } };
    }

    private static JsonNode? Take(JsonArray? metrics, string member)
    {
        var found = metrics?.FirstOrDefault(metric =>
            (string?)metric?["type"] == "Resource" && (string?)metric["resource"]?["name"] == "cpu" && metric["resource"]?[member]?["averageUtilization"] is not null);
        if (found is null)
        {
            return null;
        }

        metrics!.Remove(found);
        return found["resource"]![member]!["averageUtilization"]!.DeepClone();
    }

    private static void Annotate(JsonObject root, string name, JsonNode? value)
    {
        if (value is not null && root["metadata"] is JsonObject metadata)
        {
            if (metadata["annotations"] is not JsonObject annotations)
            {
                metadata["annotations"] = annotations = [];
            }

            annotations[name] = value.ToJsonString();
        }
    }

    private static JsonNode? Unannotate(JsonObject root, string name)
    {
        if (root["metadata"]?["annotations"] is not JsonObject annotations || (string?)annotations[name] is not { } text)
        {
            return null;
        }

        annotations.Remove(name);
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
