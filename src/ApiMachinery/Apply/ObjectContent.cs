using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>Objects apart from their managedFields.</summary>
internal static class ObjectContent
{
    /// <summary>Whether the objects are equal but for the times and the order of their managedFields.</summary>
    public static bool SameButTimes(JsonObject a, JsonObject b)
    {
        var before = ManagedFieldsCodec.Of(a);
        var after = ManagedFieldsCodec.Of(b);
        if (!SameContent(a, b))
        {
            return false;
        }

        return JsonEquality.Equal(before, after)
            || (ManagedFieldsCodec.TryRead(before, out var x, out _) && ManagedFieldsCodec.TryRead(after, out var y, out _) && x.SameFields(y));
    }

    /// <summary>Whether the objects are equal but for their managedFields.</summary>
    public static bool SameContent(JsonObject a, JsonObject b) =>
        SameMembers(a, b, static (x, y) => SameMembers(x, y, static (_, _) => true, "managedFields"), "metadata");

    /// <summary>A copy of the object without its managedFields.</summary>
    public static JsonObject CopyContent(JsonObject obj) => Copy(obj, "metadata", static metadata => Copy(metadata, "managedFields", static _ => null));

    private static JsonObject Copy(JsonObject map, string named, Func<JsonObject, JsonObject?> copyNamed)
    {
        var copy = new JsonObject();
        foreach (var (name, value) in map)
        {
            if (!string.Equals(name, named, StringComparison.Ordinal))
            {
                copy.Add(name, value?.DeepClone());
            }
            else if (value is JsonObject nested && copyNamed(nested) is { } copied)
            {
                copy.Add(name, copied);
            }
        }

        return copy;
    }

    // Whether all members are equal; the one named is compared by the function, where both have it as an object.
    private static bool SameMembers(JsonObject a, JsonObject b, Func<JsonObject, JsonObject, bool> compare, string named)
    {
        foreach (var (name, value) in a)
        {
            if (string.Equals(name, named, StringComparison.Ordinal))
            {
                if (!SameNamed(value, b[name], compare))
                {
                    return false;
                }
            }
            else if (!b.TryGetPropertyValue(name, out var other) || !JsonEquality.Equal(value, other))
            {
                return false;
            }
        }

        return CountWithout(a, named) == CountWithout(b, named);
    }

    private static bool SameNamed(JsonNode? a, JsonNode? b, Func<JsonObject, JsonObject, bool> compare) =>
        a is JsonObject x && b is JsonObject y ? compare(x, y) : a is JsonArray || b is JsonArray || JsonEquality.Equal(a, b);

    private static int CountWithout(JsonObject map, string name) => map.Count - (map.ContainsKey(name) ? 1 : 0);
}
