using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Patching;

/// <summary>Lists in strategic merge patches.</summary>
internal static class StrategicList
{
    /// <summary>Merges items: objects by the merge key, scalars as a set. New items come last; the order that a patch asks for is set later.</summary>
    public static JsonArray Merge(JsonArray original, JsonArray patch, StructuralSchema schema)
    {
        return patch.Any(static i => i is JsonObject) || (patch.Count == 0 && original.Any(static i => i is JsonObject))
            ? MergeObjects(original, patch, schema)
            : MergeScalars(original, patch);
    }

    /// <summary>A list that replaces another: the patch's own, without directives.</summary>
    public static JsonArray Plain(JsonArray patch, StructuralSchema? items)
    {
        var result = new JsonArray();
        foreach (var item in patch)
        {
            result.Add(item is JsonObject map ? StrategicMergePatch.Merge([], map, items) : item?.DeepClone());
        }

        return result;
    }

    /// <summary>
    /// Sorts a merged list: the items that the patch orders in that order, the others where they were among those that they were with.
    /// </summary>
    /// <exception cref="StrategicMergePatchException">The patch's own items are in another order, or are not named.</exception>
    public static void Sort(JsonArray list, JsonArray? patch, JsonArray order, string? mergeKey)
    {
        CheckOrder(patch, order, mergeKey);
        var items = list.ToList();
        list.Clear();
        var ordered = new List<(JsonNode? Item, int At)>();
        foreach (var wanted in order)
        {
            var at = items.FindIndex(item => SameItem(item, wanted, mergeKey));
            if (at >= 0)
            {
                ordered.Add((items[at], at));
            }
        }

        var taken = ordered.ConvertAll(static o => o.At);
        var next = 0;
        for (var i = 0; i < items.Count; i++)
        {
            if (taken.Contains(i))
            {
                continue;
            }

            while (next < ordered.Count && ordered[next].At < i)
            {
                list.Add(ordered[next++].Item);
            }

            list.Add(items[i]);
        }

        for (; next < ordered.Count; next++)
        {
            list.Add(ordered[next].Item);
        }
    }

    private static JsonArray MergeScalars(JsonArray original, JsonArray patch)
    {
        var result = new JsonArray();
        foreach (var value in original.Concat(patch))
        {
            if (!result.Any(known => JsonEquality.Equal(known, value)))
            {
                result.Add(value?.DeepClone());
            }
        }

        return result;
    }

    private static JsonArray MergeObjects(JsonArray original, JsonArray patch, StructuralSchema schema)
    {
        var key = schema.PatchMergeKey ?? throw new StrategicMergePatchException("cannot merge a list of objects whose schema declares no merge key");
        var replaces = patch.Any(static i => i is JsonObject map && StrategicDirectives.PatchOf(map) == "replace");
        var result = replaces ? [] : original;
        foreach (var item in patch)
        {
            MergeItem(result, item as JsonObject ?? throw new StrategicMergePatchException("a list of objects must not hold scalars"), key, schema.Items);
        }

        return result;
    }

    private static void MergeItem(JsonArray list, JsonObject patch, string key, StructuralSchema? items)
    {
        var action = StrategicDirectives.PatchOf(patch);
        if (action == "replace" && patch.Count == 1)
        {
            return;
        }

        if (!patch.TryGetPropertyValue(key, out var value) || value is null)
        {
            throw new StrategicMergePatchException($"map: {patch.ToJsonString()} does not contain declared merge key: {key}");
        }

        if (action == "delete")
        {
            Delete(list, key, value);
            return;
        }

        var at = Find(list, key, value);
        if (at < 0)
        {
            list.Add(StrategicMergePatch.Merge([], patch, items));
            return;
        }

        var old = (JsonObject)list[at]!;
        list[at] = null;
        list[at] = StrategicMergePatch.Merge(old, patch, items);
    }

    private static void Delete(JsonArray list, string key, JsonNode value)
    {
        for (var at = Find(list, key, value); at >= 0; at = Find(list, key, value))
        {
            list.RemoveAt(at);
        }
    }

    private static int Find(JsonArray list, string key, JsonNode value)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is JsonObject map && map.TryGetPropertyValue(key, out var other) && JsonEquality.Equal(value, other))
            {
                return i;
            }
        }

        return -1;
    }

    private static void CheckOrder(JsonArray? patch, JsonArray order, string? mergeKey)
    {
        var at = 0;
        foreach (var item in patch ?? [])
        {
            if (item is JsonObject map && StrategicDirectives.PatchOf(map) == "delete")
            {
                continue;
            }

            while (at < order.Count && !SameItem(item, order[at], mergeKey))
            {
                at++;
            }

            if (at == order.Count)
            {
                throw new StrategicMergePatchException(
                    $"The order in patch list:\n{patch!.ToJsonString()}\n doesn't match $setElementOrder list:\n{order.ToJsonString()}\n");
            }
        }
    }

    private static bool SameItem(JsonNode? item, JsonNode? wanted, string? mergeKey) => item is JsonObject a && wanted is JsonObject b && mergeKey is not null
        ? JsonEquality.Equal(a[mergeKey], b[mergeKey])
        : JsonEquality.Equal(item, wanted);
}
