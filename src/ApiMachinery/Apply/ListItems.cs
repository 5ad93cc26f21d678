using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>How the items of sets and of lists with keys are told apart.</summary>
internal static class ListItems
{
    private const int ShortList = 16;

    /// <summary>The step to an item.</summary>
    /// <returns>Null when there is none, and <paramref name="fault"/> says why.</returns>
    public static string? KeyOf(TypeNode list, JsonNode? item, out string? fault) =>
        list.Keys.Length > 0 ? ByKeys(list, item, out fault) : ByValue(item, out fault);

    /// <summary>The step to an item; items that have none are told apart by their position.</summary>
    public static string KeyOrIndex(TypeNode list, JsonNode? item, int index) => KeyOf(list, item, out _) ?? PathKey.Index(index);

    /// <summary>The steps to all items, in their order.</summary>
    public static string[] KeysOf(TypeNode type, JsonArray list)
    {
        var keys = new string[list.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = KeyOrIndex(type, list[i], i);
        }

        return keys;
    }

    /// <summary>The steps that occur more than once; null when there are none.</summary>
    public static HashSet<string>? Repeated(ReadOnlySpan<string> keys)
    {
        HashSet<string>? repeated = null;
        if (keys.Length <= ShortList)
        {
            for (var i = 1; i < keys.Length; i++)
            {
                if (keys[..i].Contains(keys[i]))
                {
                    (repeated ??= new HashSet<string>(StringComparer.Ordinal)).Add(keys[i]);
                }
            }

            return repeated;
        }

        var seen = new HashSet<string>(keys.Length, StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (!seen.Add(key))
            {
                (repeated ??= new HashSet<string>(StringComparer.Ordinal)).Add(key);
            }
        }

        return repeated;
    }

    private static string? ByKeys(TypeNode list, JsonNode? item, out string? fault)
    {
        if (item is not JsonObject map)
        {
            fault = $"associative list with keys may not have {(item is null ? "a null element" : "non-map elements")}";
            return null;
        }

        if (list.KeyPrefix is not null && map.TryGetPropertyValue(list.Keys[0], out var only) && PathKey.TryPlainText(only, out var text))
        {
            fault = null;
            return string.Concat(list.KeyPrefix, text, "\"}");
        }

        var values = new JsonNode?[list.Keys.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (map.TryGetPropertyValue(list.Keys[i], out values[i]))
            {
                continue;
            }

            values[i] = list.KeyDefaults[i];
            if (values[i] is null)
            {
                fault = $"associative list with keys has an element that omits key field \"{list.Keys[i]}\" (and doesn't have default value)";
                return null;
            }
        }

        fault = null;
        return PathKey.Keys(list.Keys, values);
    }

    private static string? ByValue(JsonNode? item, out string? fault)
    {
        fault = item switch
        {
            null => "associative list without keys has an element that's an explicit null",
            JsonObject => "associative list without keys has an element that's a map type",
            JsonArray => "not supported: associative list with lists as elements",
            _ => null,
        };
        if (fault is not null)
        {
            return null;
        }

        return PathKey.TryPlainText(item, out var text) ? string.Concat("v:\"", text, "\"") : PathKey.Value(item);
    }
}
