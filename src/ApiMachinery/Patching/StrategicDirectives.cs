using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Patching;

/// <summary>The members of a strategic merge patch that say how to merge instead of what.</summary>
internal static class StrategicDirectives
{
    public const string Patch = "$patch";
    private const string Retain = "$retainKeys";
    private const string OrderPrefix = "$setElementOrder/";
    private const string DeletePrefix = "$deleteFromPrimitiveList/";

    public static bool IsDirective(string name) =>
        name is Patch or Retain
        || name.StartsWith(OrderPrefix, StringComparison.Ordinal)
        || name.StartsWith(DeletePrefix, StringComparison.Ordinal);

    /// <summary>What <c>$patch</c> says: replace, delete, or merge.</summary>
    public static string PatchOf(JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(Patch, out var value))
        {
            return "merge";
        }

        return value is JsonValue scalar && scalar.TryGetValue<string>(out var text) && text is "replace" or "delete" or "merge"
            ? value.GetValue<string>()
            : throw new StrategicMergePatchException($"unknown patch type found: {value?.ToString() ?? "null"}");
    }

    public static JsonObject Without(JsonObject patch, string name)
    {
        var copy = (JsonObject)patch.DeepClone();
        copy.Remove(name);
        return copy;
    }

    /// <summary>Removes the members of the original that <c>$retainKeys</c> does not name.</summary>
    public static void RetainKeys(JsonObject original, JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(Retain, out var value))
        {
            return;
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in value as JsonArray ?? throw BadRetainKeys())
        {
            keys.Add(key is JsonValue scalar && scalar.TryGetValue<string>(out var text) ? text : throw BadRetainKeys());
        }

        foreach (var (name, change) in patch)
        {
            if (change is not null && !IsDirective(name) && !keys.Contains(name))
            {
                throw BadRetainKeys();
            }
        }

        foreach (var name in original.Select(static m => m.Key).Where(name => !keys.Contains(name)).ToArray())
        {
            original.Remove(name);
        }
    }

    /// <summary>Deletes from lists of scalars, and orders lists that the patch orders without changing them.</summary>
    public static void EditLists(JsonObject original, JsonObject patch, Func<string, StructuralSchema?> schemaOf)
    {
        foreach (var (name, value) in patch)
        {
            if (name.StartsWith(DeletePrefix, StringComparison.Ordinal))
            {
                DeleteScalars(original[name[DeletePrefix.Length..]] as JsonArray, value as JsonArray ?? throw BadPrimitiveList());
            }
        }

        foreach (var (name, value) in patch)
        {
            if (name.StartsWith(OrderPrefix, StringComparison.Ordinal))
            {
                var field = name[OrderPrefix.Length..];
                if (original[field] is JsonArray list)
                {
                    StrategicList.Sort(list, patch[field] as JsonArray, value as JsonArray ?? throw BadOrder(), schemaOf(field)?.PatchMergeKey);
                }
            }
        }
    }

    public static StrategicMergePatchException BadOrder() => new("invalid patch format of setElementOrder list");

    private static StrategicMergePatchException BadRetainKeys() => new("invalid patch format of retainKeys");

    private static StrategicMergePatchException BadPrimitiveList() => new("invalid patch format of primitive list");

    private static void DeleteScalars(JsonArray? list, JsonArray gone)
    {
        for (var i = (list?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (gone.Any(value => JsonEquality.Equal(value, list![i])))
            {
                list!.RemoveAt(i);
            }
        }
    }
}
