using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Apply;

namespace KubeFed.ApiMachinery.Tests.Apply;

/// <summary>A widget as a server would store it, through the writes of several managers.</summary>
internal sealed class Stored(FieldManager? manager = null)
{
    private readonly FieldManager _manager = manager ?? Widgets.Manager;
    private int _second;

    public JsonObject? Object { get; private set; }

    public bool Changed { get; private set; }

    public string Spec => Object!["spec"]?.ToJsonString() ?? "";

    public Stored Apply(string manager, string spec, bool force = false, string? metadata = null) =>
        Apply(Widgets.By(manager, ++_second), Widgets.Of(spec, metadata), force);

    public Stored Apply(FieldWrite write, JsonObject config, bool force = false)
    {
        var result = _manager.Apply(Object, config, write, force);
        (Object, Changed) = (result.Object, result.Changed);
        Stamp();
        return this;
    }

    public Stored Update(string manager, string spec, string? metadata = null) => Update(Widgets.By(manager, ++_second), Widgets.Of(spec, metadata));

    public Stored Update(FieldWrite write, JsonObject updated)
    {
        if (Object is not null)
        {
            updated["metadata"]!["uid"] = "1";
        }

        var managed = _manager.Update(Object, updated, write);
        _ = ((JsonObject)updated["metadata"]!).Remove("managedFields");
        if (managed is not null)
        {
            updated["metadata"]!["managedFields"] = managed;
        }

        Object = updated;
        Stamp();
        return this;
    }

    /// <summary>The fields of an entry, as FieldsV1; empty when there is no such entry.</summary>
    public string Fields(string manager, string operation = "Apply")
    {
        foreach (var entry in Entries())
        {
            if ((string?)entry!["manager"] == manager && (string?)entry["operation"] == operation)
            {
                return entry["fieldsV1"]!.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            }
        }

        return "";
    }

    public string Times() => string.Join(" ", Entries().Select(e => $"{e!["manager"]}/{e["operation"]}@{((string?)e["time"])?[17..19]}"));

    private JsonArray Entries() => Object!["metadata"]!["managedFields"] as JsonArray ?? [];

    private void Stamp() => Object!["metadata"]!["uid"] = "1";
}
