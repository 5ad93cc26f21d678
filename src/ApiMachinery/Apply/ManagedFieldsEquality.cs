using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>Equality of objects whatever the times in their managedFields are.</summary>
internal static class ManagedFieldsEquality
{
    public static bool SameButTimes(JsonObject a, JsonObject b)
    {
        var before = ManagedFieldsCodec.Of(a);
        var after = ManagedFieldsCodec.Of(b);
        if (!SameMembers(a, b, static (x, y) => SameMembers(x, y, static (_, _) => true, "managedFields"), "metadata"))
        {
            return false;
        }

        return JsonEquality.Equal(before, after)
            || (ManagedFieldsCodec.TryRead(before, out var x, out _) && ManagedFieldsCodec.TryRead(after, out var y, out _) && x.SameFields(y));
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
