using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Patching;

/// <summary>
/// Strategic merge patches: merge patches that merge lists by the keys and strategies which the schema declares
/// (<c>x-kubernetes-patch-merge-key</c>, <c>x-kubernetes-patch-strategy</c>), with the directives <c>$patch</c>, <c>$retainKeys</c>,
/// <c>$setElementOrder/…</c> and <c>$deleteFromPrimitiveList/…</c>. Source: Kubernetes documentation, "Strategic merge patch".
/// </summary>
public static class StrategicMergePatch
{
    /// <summary>The patched object. The arguments are not changed.</summary>
    /// <exception cref="StrategicMergePatchException">A directive is malformed, or an item lacks its merge key.</exception>
    public static JsonObject Apply(JsonObject original, JsonObject patch, StructuralSchema schema)
    {
        var result = (JsonObject)original.DeepClone();
        return Merge(result, patch, schema);
    }

    /// <summary>Merges into the original, which may be changed and returned.</summary>
    internal static JsonObject Merge(JsonObject original, JsonObject patch, StructuralSchema? schema)
    {
        switch (StrategicDirectives.PatchOf(patch))
        {
            case "replace":
                return Merge([], StrategicDirectives.Without(patch, StrategicDirectives.Patch), schema);
            case "delete":
                return [];
            default:
                break;
        }

        StrategicDirectives.RetainKeys(original, patch);
        foreach (var (name, value) in patch)
        {
            if (!StrategicDirectives.IsDirective(name))
            {
                MergeMember(original, name, value, Member(schema, name));
            }
        }

        StrategicDirectives.EditLists(original, patch, name => Member(schema, name));
        return original;
    }

    private static void MergeMember(JsonObject original, string name, JsonNode? value, StructuralSchema? schema)
    {
        if (value is null)
        {
            original.Remove(name);
            return;
        }

        original.TryGetPropertyValue(name, out var old);
        original[name] = value switch
        {
            JsonObject map => MergeMap(Detach(original, name, old) as JsonObject, map, schema),
            JsonArray list => MergeList(Detach(original, name, old) as JsonArray, list, schema),
            _ => value.DeepClone(),
        };
    }

    private static JsonObject MergeMap(JsonObject? original, JsonObject patch, StructuralSchema? schema) =>
        Merge(Has(schema, "replace") ? [] : original ?? [], patch, schema);

    private static JsonArray MergeList(JsonArray? original, JsonArray patch, StructuralSchema? schema) =>
        Has(schema, "merge")
            ? StrategicList.Merge(original ?? [], patch, schema!)
            : StrategicList.Plain(patch, schema?.Items);

    private static bool Has(StructuralSchema? schema, string strategy) => schema?.PatchStrategies.Contains(strategy, StringComparer.Ordinal) == true;

    private static JsonNode? Detach(JsonObject parent, string name, JsonNode? node)
    {
        parent[name] = null;
        return node;
    }

    private static StructuralSchema? Member(StructuralSchema? schema, string name) =>
        schema is not null && schema.Properties.TryGetValue(name, out var property) ? property : schema?.AdditionalProperties;
}
