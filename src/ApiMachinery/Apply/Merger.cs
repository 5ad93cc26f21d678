using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>Merges a configuration into an object by its type: the configuration wins where both have a value that is not looked into.</summary>
internal static class Merger
{
    /// <summary>Merges into <paramref name="target"/>, which is changed.</summary>
    public static void Merge(TypeNode type, JsonObject target, JsonObject config)
    {
        foreach (var (name, value) in config)
        {
            var memberType = type.Member(name, out _, out _) ?? TypeNode.Untyped;
            if (memberType.Shape == TypeShape.Ignored)
            {
                continue;
            }

            if (!target.TryGetPropertyValue(name, out var old))
            {
                target.Add(name, value?.DeepClone());
            }
            else if (!InPlace(memberType, old, value))
            {
                target[name] = value?.DeepClone();
            }
        }
    }

    // Whether the old value could take the new one up: containers that are looked into and not both empty.
    private static bool InPlace(TypeNode type, JsonNode? old, JsonNode? value)
    {
        switch (old)
        {
            case JsonObject map when FieldsOf.IsGranularMap(type) && map.Count > 0 && (value is JsonObject || KeepsUnder(type, value)):
                Merge(type, map, value as JsonObject ?? []);
                return true;
            case JsonArray list when FieldsOf.IsGranularList(type) && list.Count > 0 && value is null or JsonArray:
                MergeList(type, list, value as JsonArray ?? []);
                return true;
            default:
                return false;
        }
    }

    // A null applied to a granular map leaves the map as it is.
    private static bool KeepsUnder(TypeNode type, JsonNode? value) => value is null && type.Shape is TypeShape.Map or TypeShape.Untyped;

    private static void MergeList(TypeNode type, JsonArray list, JsonArray config)
    {
        if (config.Count == 0)
        {
            return;
        }

        var weaver = new ListWeaver(type, list, config);
        list.Clear();
        foreach (var item in weaver.Weave())
        {
            list.Add(item);
        }
    }

    /// <summary>The merge of two items of a list.</summary>
    internal static JsonNode? MergeItem(TypeNode type, JsonNode? old, JsonNode? value) => InPlace(type, old, value) ? old : value?.DeepClone();
}
