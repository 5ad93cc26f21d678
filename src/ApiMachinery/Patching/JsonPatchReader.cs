using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Patching;

/// <summary>Reads the JSON form of a patch.</summary>
internal static class JsonPatchReader
{
    public static JsonPatchOperation[] Read(JsonNode? patch, JsonPatchOptions options)
    {
        if (patch is not JsonArray list)
        {
            throw new JsonPatchException("a JSON patch is a list of operations");
        }

        if (list.Count > options.MaxOperations)
        {
            throw new JsonPatchException($"the patch has {list.Count} operations: the limit is {options.MaxOperations}");
        }

        return [.. list.Select((item, index) => Operation(item, index, options))];
    }

    private static JsonPatchOperation Operation(JsonNode? item, int index, JsonPatchOptions options)
    {
        if (item is not JsonObject map)
        {
            throw new JsonPatchException("an operation is an object with \"op\" and \"path\"", index);
        }

        string name = Text(map, "op") ?? throw new JsonPatchException("\"op\" is missing or not a string", index);
        string path = Text(map, "path") ?? throw new JsonPatchException("\"path\" is missing or not a string", index, name);
        JsonPointer at = Pointer(path, index, name, path);
        return name switch
        {
            "add" => JsonPatchOperation.Add(at, Value(map, index, name, path, options)),
            "remove" => JsonPatchOperation.Remove(at),
            "replace" => JsonPatchOperation.Replace(at, Value(map, index, name, path, options)),
            "test" => JsonPatchOperation.Test(at, Value(map, index, name, path, options)),
            "move" => JsonPatchOperation.Move(From(map, index, name, path), at),
            "copy" => JsonPatchOperation.Copy(From(map, index, name, path), at),
            _ => throw new JsonPatchException("the operation must be one of add, remove, replace, move, copy, test", index, name, path),
        };
    }

    private static JsonPointer From(JsonObject map, int index, string name, string path) =>
        Pointer(Text(map, "from") ?? throw new JsonPatchException("\"from\" is missing or not a string", index, name, path), index, name, path);

    private static JsonNode? Value(JsonObject map, int index, string name, string path, JsonPatchOptions options) =>
        map.TryGetPropertyValue("value", out JsonNode? value) || options.MissingValueIsNull
            ? value
            : throw new JsonPatchException("\"value\" is missing", index, name, path);

    private static JsonPointer Pointer(string text, int index, string name, string path) =>
        JsonPointer.TryParse(text, out JsonPointer? pointer, out string reason) ? pointer : throw new JsonPatchException(reason, index, name, path);

    private static string? Text(JsonObject map, string member) =>
        map.TryGetPropertyValue(member, out JsonNode? node) && node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
