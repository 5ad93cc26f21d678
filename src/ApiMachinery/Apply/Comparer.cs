using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>Compares two states of an object by their type. Members that the type does not know are not compared.</summary>
internal static class Comparer
{
    /// <summary>The differences below two values that both exist (null is JSON's null).</summary>
    public static Comparison Compare(TypeNode type, JsonNode? before, JsonNode? after)
    {
        var result = default(ComparisonBuilder);
        if (FieldsOf.IsGranularMap(type))
        {
            Members(type, before as JsonObject, after as JsonObject, ref result);
        }
        else if (FieldsOf.IsGranularList(type))
        {
            Items(type, before as JsonArray, after as JsonArray, ref result);
        }

        return result.Build();
    }

    private static void Members(TypeNode type, JsonObject? before, JsonObject? after, ref ComparisonBuilder result)
    {
        if (before is not null)
        {
            foreach (var (name, old) in before)
            {
                if (type.Member(name, out var key, out _) is not { Shape: not TypeShape.Ignored } memberType)
                {
                    continue;
                }

                if (after is not null && after.TryGetPropertyValue(name, out var value))
                {
                    Both(memberType, key, old, value, ref result);
                }
                else
                {
                    result.Removed(key, FieldsOf.All(memberType, old));
                }
            }
        }

        if (after is null)
        {
            return;
        }

        foreach (var (name, value) in after)
        {
            if (before?.ContainsKey(name) != true && type.Member(name, out var key, out _) is { Shape: not TypeShape.Ignored } memberType)
            {
                result.Added(key, FieldsOf.All(memberType, value));
            }
        }
    }

    private static void Both(TypeNode type, string key, JsonNode? before, JsonNode? after, ref ComparisonBuilder result)
    {
        if (ReferenceEquals(before, after))
        {
            return;
        }

        if (!Descends(type, before) && !Descends(type, after))
        {
            if (!JsonEquality.Equal(before, after))
            {
                result.Modified(key);
            }

            return;
        }

        if (type.Shape == TypeShape.Untyped && before is not null && after is not null && before is JsonObject != after is JsonObject)
        {
            result.Modified(key);
        }

        result.Below(key, Compare(type, before, after));
    }

    // Whether the value is looked into: a container that is neither atomic nor empty.
    private static bool Descends(TypeNode type, JsonNode? value) => value switch
    {
        JsonObject map => map.Count > 0 && FieldsOf.IsGranularMap(type),
        JsonArray list => list.Count > 0 && FieldsOf.IsGranularList(type),
        _ => false,
    };

    private static void Items(TypeNode type, JsonArray? before, JsonArray? after, ref ComparisonBuilder result)
    {
        var oldKeys = before is null ? [] : ListItems.KeysOf(type, before);
        var newKeys = after is null ? [] : ListItems.KeysOf(type, after);
        if (oldKeys.AsSpan().SequenceEqual(newKeys) && ListItems.Repeated(oldKeys) is null)
        {
            for (var i = 0; i < oldKeys.Length; i++)
            {
                Both(type.Element!, oldKeys[i], before![i], after![i], ref result);
            }

            return;
        }

        var index = new ItemIndex(oldKeys, before, newKeys, after);
        foreach (var key in index.Keys)
        {
            var old = index.Before(key);
            var value = index.After(key);
            if (old.Count <= 1 && value.Count <= 1)
            {
                Single(type.Element!, key, old, value, ref result);
            }
            else
            {
                Repeated(type.Element!, key, old, value, ref result);
            }
        }
    }

    private static void Single(TypeNode element, string key, List<JsonNode?> before, List<JsonNode?> after, ref ComparisonBuilder result)
    {
        if (before.Count == 0)
        {
            result.Added(key, FieldsOf.All(element, after[0]));
        }
        else if (after.Count == 0)
        {
            result.Removed(key, FieldsOf.All(element, before[0]));
        }
        else
        {
            Both(element, key, before[0], after[0], ref result);
        }
    }

    // Items that occur more than once are owned as one, whole.
    private static void Repeated(TypeNode element, string key, List<JsonNode?> before, List<JsonNode?> after, ref ComparisonBuilder result)
    {
        if (before.Count >= 2 && after.Count >= 2)
        {
            if (!SameItems(before, after))
            {
                result.Modified(key);
            }
        }
        else if (before.Count >= 2)
        {
            if (after.Count > 0)
            {
                result.Added(key, FieldsOf.All(element, after[0]));
            }

            result.Removed(key, FieldSet.Empty);
        }
        else
        {
            if (before.Count > 0)
            {
                result.Removed(key, FieldsOf.All(element, before[0]));
            }

            result.Added(key, FieldSet.Empty);
        }
    }

    private static bool SameItems(List<JsonNode?> before, List<JsonNode?> after)
    {
        if (before.Count != after.Count)
        {
            return false;
        }

        for (var i = 0; i < before.Count; i++)
        {
            if (!JsonEquality.Equal(before[i], after[i]))
            {
                return false;
            }
        }

        return true;
    }
}
