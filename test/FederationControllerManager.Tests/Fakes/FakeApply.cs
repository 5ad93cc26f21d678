using System.Text.Json.Nodes;

namespace KubeFed.FederationControllerManager.Tests.Fakes;

/// <summary>Server-side apply as far as a fake needs it: objects are merged, everything else is replaced, what the manager left out goes.</summary>
internal static class FakeApply
{
    /// <summary>Gives a tree the status of another, or none.</summary>
    public static void KeepStatus(JsonObject tree, JsonObject old)
    {
        tree.Remove("status");
        if (old["status"] is { } status)
        {
            tree["status"] = status.DeepClone();
        }
    }

    public static void Merge(JsonObject into, JsonObject config)
    {
        foreach (var (name, value) in config)
        {
            if (value is JsonObject child && into[name] is JsonObject present)
            {
                Merge(present, child);
            }
            else
            {
                into[name] = value?.DeepClone();
            }
        }
    }

    public static void RemoveDropped(JsonObject tree, JsonObject before, JsonObject config)
    {
        foreach (var (name, value) in before)
        {
            if (value is JsonObject child && tree[name] is JsonObject present)
            {
                RemoveDropped(present, child, config[name] as JsonObject ?? []);
                if (present.Count == 0 && !config.ContainsKey(name))
                {
                    tree.Remove(name);
                }
            }
            else if (!config.ContainsKey(name))
            {
                tree.Remove(name);
            }
        }
    }

    /// <summary>Notes a manager that applies.</summary>
    public static void Own(JsonObject metadata, string manager)
    {
        var entries = (metadata["managedFields"] ??= new JsonArray()).AsArray();
        if (!entries.Any(e => e!["manager"]!.GetValue<string>() == manager && e["operation"]!.GetValue<string>() == "Apply"))
        {
            entries.Add(Entry(manager, "Apply"));
        }
    }

    public static JsonObject Entry(string manager, string operation) => new() { ["manager"] = manager, ["operation"] = operation };
}
