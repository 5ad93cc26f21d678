using System.Text.Json.Nodes;

namespace KubeFed.DevClusters.Admission;

/// <summary>The defaults of a pod's spec that depend on its other fields.</summary>
internal static class PodDefaults
{
    /// <summary>Fills them in.</summary>
    public static void Apply(JsonObject? spec)
    {
        if (spec is null)
        {
            return;
        }

        foreach (string list in new[] { "containers", "initContainers", "ephemeralContainers" })
        {
            foreach (var container in (spec[list] as JsonArray ?? []).OfType<JsonObject>())
            {
                Complete(container);
            }
        }

        if ((string?)spec["serviceAccountName"] is { Length: > 0 } account)
        {
            spec["serviceAccount"] = account;
        }
        else if ((string?)spec["serviceAccount"] is { Length: > 0 } older)
        {
            spec["serviceAccountName"] = older;
        }
    }

    /// <summary>What is limited and not requested is requested in full; for pods, not for templates of them.</summary>
    public static void RequestLimits(JsonObject spec)
    {
        foreach (var container in (spec["containers"] as JsonArray ?? []).Concat(spec["initContainers"] as JsonArray ?? []))
        {
            if (container?["resources"] is JsonObject resources && resources["limits"] is JsonObject limits)
            {
                if (resources["requests"] is not JsonObject requests)
                {
                    resources["requests"] = requests = [];
                }

                foreach (var (name, value) in limits)
                {
                    Set(requests, name, value);
                }
            }
        }
    }

    private static void Set(JsonObject map, string name, JsonNode? value)
    {
        if (!map.ContainsKey(name))
        {
            map[name] = value?.DeepClone();
        }
    }

    private static void Complete(JsonObject container)
    {
        if (!container.ContainsKey("imagePullPolicy"))
        {
            container["imagePullPolicy"] = IsLatest((string?)container["image"] ?? string.Empty) ? "Always" : "IfNotPresent";
        }
    }

    private static bool IsLatest(string image)
    {
        string last = image[(image.LastIndexOf('/') + 1)..];
        return !last.Contains('@', StringComparison.Ordinal) && (!last.Contains(':', StringComparison.Ordinal) || last.EndsWith(":latest", StringComparison.Ordinal));
    }
}
