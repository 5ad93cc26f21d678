using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.DevClusters.Quotas;

/// <summary>Which objects a quota counts: with scopes only pods, and those that all scopes choose.</summary>
internal static class QuotaScopes
{
    /// <summary>Whether a quota counts an object.</summary>
    public static bool Choose(JsonNode? spec, GroupResource resource, JsonObject item)
    {
        var scopes = spec?["scopes"] as JsonArray ?? [];
        var rules = spec?["scopeSelector"]?["matchExpressions"] as JsonArray ?? [];
        return scopes.Count + rules.Count == 0
            || (resource is { Group: "", Resource: "pods" }
                && scopes.All(scope => Matches((string?)scope, "Exists", [], item))
                && rules.All(rule => Matches(
                    (string?)rule?["scopeName"], (string?)rule?["operator"], [.. (rule?["values"] as JsonArray ?? []).Select(static value => (string?)value)], item)));
    }

    private static bool Matches(string? scope, string? rule, IReadOnlyList<string?> values, JsonObject pod) => scope switch
    {
        "Terminating" => pod["spec"]?["activeDeadlineSeconds"] is not null,
        "NotTerminating" => pod["spec"]?["activeDeadlineSeconds"] is null,
        "BestEffort" => (string?)pod["status"]?["qosClass"] == "BestEffort",
        "NotBestEffort" => (string?)pod["status"]?["qosClass"] != "BestEffort",
        "PriorityClass" => OfClass((string?)pod["spec"]?["priorityClassName"] ?? string.Empty, rule, values),
        _ => false,
    };

    private static bool OfClass(string name, string? rule, IReadOnlyList<string?> values) => rule switch
    {
        "In" => values.Contains(name, StringComparer.Ordinal),
        "NotIn" => !values.Contains(name, StringComparer.Ordinal),
        "DoesNotExist" => name.Length == 0,
        _ => name.Length > 0,
    };
}
