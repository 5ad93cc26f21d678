using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationControllerManager.Scheduling.Application;

/// <summary>
/// Takes a schedule out of an object without server-side apply, for servers (1.20 is one) that leave a null where an apply drops all items
/// of a list, and then refuse it. What others own besides the scheduler stays. Pure.
/// </summary>
internal static class ScheduleRemoval
{
    private const string Spec = "f:spec";

    /// <summary>The object without its schedule: <c>spec</c> as it was, no record, and no managed fields of the scheduler.</summary>
    /// <param name="value">The object, with its managed fields.</param>
    public static JsonObject Remove(KubeObject value)
    {
        var source = FederatedObject.Read(value);
        var before = AppliedSchedule.Read(source) ?? AppliedSchedule.None;
        var others = OthersFields.Of(value);
        var root = value.ToNode();
        if (root["spec"] is JsonObject spec)
        {
            RemovePlacement(spec, before, others);
            RemoveNumbers(spec, before, others);
        }

        RemoveRecord(root["metadata"]!.AsObject());
        return root;
    }

    /// <summary>Drops the scheduler's managed fields.</summary>
    public static void Disown(JsonObject metadata)
    {
        if (metadata["managedFields"] is JsonArray fields)
        {
            metadata["managedFields"] = Without(fields, static f => (string?)f["manager"] == FederationNames.ReplicaScheduler);
        }
    }

    private static void RemovePlacement(JsonObject spec, AppliedSchedule before, OthersFields others)
    {
        if (spec["placement"] is not JsonObject placement || placement["clusters"] is not JsonArray clusters)
        {
            return;
        }

        placement["clusters"] = Without(
            clusters, c => (string?)c["name"] is { } name && before.Placed.Contains(name) && !others.Own(Spec, "f:placement", "f:clusters", OthersFields.Item("name", name)));
        DropIfEmpty(placement, "clusters", others.Own(Spec, "f:placement", "f:clusters"));
        DropIfEmpty(spec, "placement", others.Own(Spec, "f:placement"));
    }

    private static void RemoveNumbers(JsonObject spec, AppliedSchedule before, OthersFields others)
    {
        if (spec["overrides"] is not JsonArray overrides)
        {
            return;
        }

        foreach (var entry in overrides.OfType<JsonObject>().Where(e => before.Clusters.ContainsKey((string?)e["clusterName"] ?? "")))
        {
            RemoveNumbers(entry, (string)entry["clusterName"]!, before, others);
        }

        spec["overrides"] = Without(
            overrides, e => !e.ContainsKey("clusterOverrides") && !others.Own(Spec, "f:overrides", OthersFields.Item("clusterName", (string?)e["clusterName"] ?? "")));
        DropIfEmpty(spec, "overrides", others.Own(Spec, "f:overrides"));
    }

    private static void RemoveNumbers(JsonObject entry, string cluster, AppliedSchedule before, OthersFields others)
    {
        if (entry["clusterOverrides"] is not JsonArray operations)
        {
            return;
        }

        string[] path = [Spec, "f:overrides", OthersFields.Item("clusterName", cluster), "f:clusterOverrides"];
        var kept = new JsonArray();
        foreach (var operation in operations.OfType<JsonObject>())
        {
            var at = (string?)operation["path"] ?? "";
            if (before.Find(cluster, at) is null)
            {
                kept.Add(operation.DeepClone());
            }
            else if (before.FindReplaced(cluster, at) is { } replaced)
            {
                kept.Add(replaced.ToNode());
            }
            else if (others.Own([.. path, OthersFields.Item("path", at)]))
            {
                kept.Add(operation.DeepClone());
            }
        }

        entry["clusterOverrides"] = kept;
        DropIfEmpty(entry, "clusterOverrides", others.Own(path));
    }

    private static void RemoveRecord(JsonObject metadata)
    {
        if (metadata["annotations"] is JsonObject annotations)
        {
            annotations.Remove(FederationAnnotations.ReplicaScheduler);
            DropIfEmpty(metadata, "annotations", isOwned: false);
        }

        Disown(metadata);
    }

    private static void DropIfEmpty(JsonObject parent, string member, bool isOwned)
    {
        if (!isOwned && parent[member] is (JsonArray { Count: 0 } or JsonObject { Count: 0 }))
        {
            parent.Remove(member);
        }
    }

    private static JsonArray Without(JsonArray items, Func<JsonObject, bool> isDropped) =>
        [.. items.OfType<JsonObject>().Where(i => !isDropped(i)).Select(static i => i.DeepClone())];
}
