using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Patching;

/// <summary>One operation of a JSON patch. The value is not changed by applying the patch.</summary>
public sealed record JsonPatchOperation
{
    private JsonPatchOperation(JsonPatchOp op, JsonPointer path, JsonPointer? from, JsonNode? value)
    {
        Op = op;
        Path = path;
        From = from;
        Value = value;
    }

    /// <summary>What to do.</summary>
    public JsonPatchOp Op { get; }

    /// <summary>Where.</summary>
    public JsonPointer Path { get; }

    /// <summary>Where to take it from, of move and copy.</summary>
    public JsonPointer? From { get; }

    /// <summary>The value of add, replace and test.</summary>
    public JsonNode? Value { get; }

    /// <summary>The operation's name in JSON.</summary>
    public string Name => NameOf(Op);

    /// <summary>Sets a member of an object, or inserts into a list; <c>-</c> is the place behind a list's last item.</summary>
    public static JsonPatchOperation Add(JsonPointer path, JsonNode? value) => new(JsonPatchOp.Add, path, null, value);

    /// <summary>Removes what is there.</summary>
    public static JsonPatchOperation Remove(JsonPointer path) => new(JsonPatchOp.Remove, path, null, null);

    /// <summary>Replaces what is there.</summary>
    public static JsonPatchOperation Replace(JsonPointer path, JsonNode? value) => new(JsonPatchOp.Replace, path, null, value);

    /// <summary>Removes at one place and adds at another.</summary>
    public static JsonPatchOperation Move(JsonPointer from, JsonPointer path) => new(JsonPatchOp.Move, path, from, null);

    /// <summary>Adds at one place what is at another.</summary>
    public static JsonPatchOperation Copy(JsonPointer from, JsonPointer path) => new(JsonPatchOp.Copy, path, from, null);

    /// <summary>Fails unless the value is there.</summary>
    public static JsonPatchOperation Test(JsonPointer path, JsonNode? value) => new(JsonPatchOp.Test, path, null, value);

    /// <summary>The operation as JSON.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["op"] = Name, ["path"] = Path.ToString() };
        if (From is not null)
        {
            json["from"] = From.ToString();
        }

        if (Op is JsonPatchOp.Add or JsonPatchOp.Replace or JsonPatchOp.Test)
        {
            json["value"] = Value?.DeepClone();
        }

        return json;
    }

    /// <summary>The operation as <c>op path</c>.</summary>
    public override string ToString() => $"{Name} {Path}";

    internal static string NameOf(JsonPatchOp op) => op switch
    {
        JsonPatchOp.Add => "add",
        JsonPatchOp.Remove => "remove",
        JsonPatchOp.Replace => "replace",
        JsonPatchOp.Move => "move",
        JsonPatchOp.Copy => "copy",
        _ => "test",
    };
}
