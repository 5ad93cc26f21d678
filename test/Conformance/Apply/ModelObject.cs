using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Apply;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Patching;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.Conformance.Apply;

/// <summary>The object as it should be after each write, kept in memory.</summary>
internal sealed class ModelObject
{
    private readonly FieldManager _manager = new(new Dictionary<string, StructuralSchema>(StringComparer.Ordinal)
    {
        [ApplyCluster.Version] = ApplyCluster.Schema,
    });

    private JsonObject? _before;
    private long _second;

    public JsonObject? Object { get; private set; }

    public StatusException? Apply(string manager, JsonObject config, bool force)
    {
        try
        {
            Keep(_manager.Apply(Object, config, By(manager), force).Object);
            return null;
        }
        catch (StatusException e)
        {
            return e;
        }
    }

    public void Put(string manager, JsonObject body)
    {
        var updated = (JsonObject)body.DeepClone();
        if (Object is not null)
        {
            updated["metadata"]!["uid"] = "1";
        }

        var managed = _manager.Update(Object, updated, By(manager));
        _ = updated["metadata"]!.AsObject().Remove("managedFields");
        if (managed is not null)
        {
            updated["metadata"]!["managedFields"] = managed;
        }

        Keep(updated);
    }

    public void Patch(string manager, JsonObject patch) => Put(manager, (JsonObject)JsonMergePatch.Apply(Object, patch)!);

    /// <summary>Takes the last write back.</summary>
    public void Undo() => Object = _before;

    /// <summary>What is compared: spec, labels and owners, with sets and maps in one order and without times.</summary>
    public static string Essence(JsonObject obj)
    {
        var managed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in obj["metadata"]!["managedFields"] as JsonArray ?? [])
        {
            managed[$"{entry!["manager"]}/{entry["operation"]}/{entry["apiVersion"]}"] = FieldsV1.Read(entry["fieldsV1"]).ToString();
        }

        var lines = managed.Select(e => $"{e.Key} {e.Value}")
            .Append("labels " + Canonical(obj["metadata"]!["labels"]))
            .Append("spec " + Canonical(obj["spec"]));
        return string.Join('\n', lines);
    }

    private void Keep(JsonObject obj)
    {
        obj["metadata"]!["uid"] = "1";
        (_before, Object) = (Object, obj);
    }

    private FieldWrite By(string manager) => new()
    {
        Manager = manager,
        ApiVersion = ApplyCluster.Version,
        Now = DateTimeOffset.UnixEpoch.AddSeconds(++_second),
    };

    private static string Canonical(JsonNode? node, bool sort = false) => node switch
    {
        null or JsonObject { Count: 0 } => "null",
        JsonObject map => "{" + string.Join(",", map.OrderBy(m => m.Key, StringComparer.Ordinal)
            .Select(m => $"{m.Key}:{Canonical(m.Value, m.Key is "set" or "ports")}")) + "}",
        JsonArray list => "[" + string.Join(",", sort ? list.Select(i => Canonical(i)).Order(StringComparer.Ordinal) : list.Select(i => Canonical(i))) + "]",
        _ => node.ToJsonString(),
    };
}
