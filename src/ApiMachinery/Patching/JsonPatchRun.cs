using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.ApiMachinery.Patching;

/// <summary>One application of a patch to one document.</summary>
internal sealed class JsonPatchRun(JsonNode? document, JsonPatchOptions options)
{
    private JsonPatchOperation _operation = null!;
    private int _index;
    private long _copied;

    /// <summary>No part of the document is nested deeper than this; -1 as long as nobody asked.</summary>
    private int _deepest = -1;

    public JsonNode? Document { get; private set; } = document;

    public void Step(JsonPatchOperation operation, int index)
    {
        if (index >= options.MaxOperations)
        {
            throw new JsonPatchException($"the patch has more than {options.MaxOperations} operations");
        }

        (_operation, _index) = (operation, index);
        switch (operation.Op)
        {
            case JsonPatchOp.Add:
                Add(operation.Path, operation.Value?.DeepClone(), JsonMeasure.Of(operation.Value).Depth);
                return;
            case JsonPatchOp.Remove:
                Remove(operation.Path);
                return;
            case JsonPatchOp.Replace:
                Replace(operation.Path, operation.Value?.DeepClone());
                return;
            case JsonPatchOp.Move:
                Move(operation.From!, operation.Path);
                return;
            case JsonPatchOp.Copy:
                Copy(operation.From!, operation.Path);
                return;
            default:
                Test(operation.Path, operation.Value);
                return;
        }
    }

    private void Add(JsonPointer path, JsonNode? value, int depth)
    {
        CheckDepth(path, depth);
        if (path.IsRoot)
        {
            Document = value;
            return;
        }

        switch (Parent(path))
        {
            case JsonObject map:
                map[path.Last] = value;
                return;
            case JsonArray list:
                list.Insert(path.Last == "-" ? list.Count : Index(path, list, list.Count), value);
                return;
        }
    }

    private void Replace(JsonPointer path, JsonNode? value)
    {
        CheckDepth(path, JsonMeasure.Of(value).Depth);
        if (path.IsRoot)
        {
            Document = value;
            return;
        }

        switch (Parent(path))
        {
            case JsonObject map when options.ReplaceAddsMissingMember || map.ContainsKey(path.Last):
                map[path.Last] = value;
                return;
            case JsonArray list:
                list[Index(path, list, list.Count - 1)] = value;
                return;
            default:
                throw Missing(path);
        }
    }

    private JsonNode? Remove(JsonPointer path)
    {
        if (path.IsRoot)
        {
            throw Fault("the whole document cannot be removed");
        }

        switch (Parent(path))
        {
            case JsonObject map when map.TryGetPropertyValue(path.Last, out JsonNode? value):
                map.Remove(path.Last);
                return value;
            case JsonArray list:
                int index = Index(path, list, list.Count - 1);
                JsonNode? item = list[index];
                list.RemoveAt(index);
                return item;
            default:
                throw Missing(path);
        }
    }

    private void Move(JsonPointer from, JsonPointer path)
    {
        if (from.Contains(path))
        {
            throw Fault($"a value cannot be moved into itself: \"{from}\" contains \"{path}\"");
        }

        JsonNode? value = Get(from);
        if (from.Equals(path))
        {
            return;
        }

        if (path.IsRoot)
        {
            Remove(from);
            Document = value;
            return;
        }

        int depth = DepthBelow(from, path);
        Add(path, Remove(from), depth);
    }

    private void Copy(JsonPointer from, JsonPointer path)
    {
        JsonNode? value = Get(from);
        JsonMeasure measure = JsonMeasure.Of(value);
        _copied += measure.Size;
        if (_copied > options.MaxCopied)
        {
            throw Fault($"the copies of the patch exceed the limit of {options.MaxCopied}");
        }

        Add(path, value?.DeepClone(), measure.Depth);
    }

    private void Test(JsonPointer path, JsonNode? expected)
    {
        JsonNode? value = Get(path);
        if (!JsonEquality.Equal(value, expected))
        {
            throw Fault($"the value is {Show(value)}, not {Show(expected)}");
        }
    }

    private JsonNode? Get(JsonPointer path) => path.TryGet(Document, out JsonNode? value) ? value : throw Missing(path);

    private JsonNode Parent(JsonPointer path)
    {
        JsonNode? node = Document;
        for (int i = 0; i < path.Tokens.Count - 1; i++)
        {
            string token = path.Tokens[i];
            node = node switch
            {
                JsonObject map when map.TryGetPropertyValue(token, out JsonNode? member) => member,
                JsonArray list when JsonPointer.TryIndex(token, out int index) && index < list.Count => list[index],
                _ => throw Missing(path),
            };
        }

        return node is JsonObject or JsonArray ? node : throw Missing(path);
    }

    private int Index(JsonPointer path, JsonArray list, int last)
    {
        string place = path.Prefix(path.Tokens.Count - 1);
        if (!JsonPointer.TryIndex(path.Last, out int index))
        {
            throw Fault($"\"{path.Last}\" is not an index of the list at \"{place}\": use a number from 0{(last == list.Count ? " or '-'" : string.Empty)}");
        }

        return index <= last ? index : throw Fault($"index {path.Last} is out of range: the list at \"{place}\" has {Items(list)}");
    }

    private void CheckDepth(JsonPointer path, int depth)
    {
        int deepest = path.Tokens.Count + depth;
        if (deepest > options.MaxDepth)
        {
            throw Fault($"the result would be nested deeper than {options.MaxDepth} levels");
        }

        _deepest = _deepest < 0 ? _deepest : Math.Max(_deepest, deepest);
    }

    /// <summary>How deep the value at <paramref name="from"/> may be; exact only where an estimate would refuse the move.</summary>
    private int DepthBelow(JsonPointer from, JsonPointer path)
    {
        bool known = _deepest >= 0 && path.Tokens.Count + _deepest - from.Tokens.Count <= options.MaxDepth;
        if (!known)
        {
            _deepest = JsonMeasure.Of(Document).Depth;
        }

        int estimate = Math.Max(0, _deepest - from.Tokens.Count);
        return path.Tokens.Count + estimate <= options.MaxDepth ? estimate : JsonMeasure.Of(Get(from)).Depth;
    }

    /// <summary>The error that says how far the path leads.</summary>
    private JsonPatchException Missing(JsonPointer path)
    {
        JsonNode? node = Document;
        for (int i = 0; i < path.Tokens.Count; i++)
        {
            string token = path.Tokens[i];
            string place = path.Prefix(i);
            switch (node)
            {
                case JsonObject map when map.TryGetPropertyValue(token, out node):
                    continue;
                case JsonArray list when JsonPointer.TryIndex(token, out int index) && index < list.Count:
                    node = list[index];
                    continue;
                case JsonObject:
                    return Fault($"the object at \"{place}\" has no member \"{token}\"");
                case JsonArray list when JsonPointer.TryIndex(token, out _):
                    return Fault($"index {token} is out of range: the list at \"{place}\" has {Items(list)}");
                case JsonArray:
                    return Fault($"\"{token}\" is not an index of the list at \"{place}\": use a number from 0");
                default:
                    return Fault($"the value at \"{place}\" is {Show(node)}, neither object nor list, so there is nothing at \"{path}\"");
            }
        }

        return Fault($"there is nothing at \"{path}\"");
    }

    private JsonPatchException Fault(string reason) => new(reason, _index, _operation.Name, _operation.Path.ToString());

    private static string Items(JsonArray list) => list.Count == 1 ? "1 item" : $"{list.Count} items";

    private static string Show(JsonNode? value)
    {
        string text = value?.ToJsonString() ?? "null";
        return text.Length > 100 ? text[..100] + "..." : text;
    }
}
