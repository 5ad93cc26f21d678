using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>Fills in what an object leaves out.</summary>
public static class SchemaDefaulter
{
    /// <summary>Whether the schema has any default: without one there is no need to make a tree of an object. Costs nothing.</summary>
    public static bool HasDefaults(StructuralSchema schema) => schema.Plan.HasDefaults;

    /// <summary>
    /// Gives every absent member its default, and then what is below it; a <c>null</c> where null is not a value counts as absent if there is
    /// a default. Defaulting a defaulted tree does nothing.
    /// </summary>
    /// <param name="tree">The object, which is changed.</param>
    /// <param name="schema">Its schema.</param>
    /// <returns>Whether anything was filled in.</returns>
    public static bool Default(JsonNode? tree, StructuralSchema schema)
    {
        if (!schema.Plan.HasDefaults)
        {
            return false;
        }

        return tree switch
        {
            JsonObject map => DefaultMap(map, schema),
            JsonArray list when schema.Items is { } items => DefaultList(list, items),
            _ => false,
        };
    }

    private static bool DefaultMap(JsonObject map, StructuralSchema schema)
    {
        bool changed = false;
        foreach ((string name, StructuralSchema member) in schema.Plan.Defaults)
        {
            if (!map.TryGetPropertyValue(name, out JsonNode? value) || (value is null && !member.Nullable))
            {
                map[name] = member.Default!.DeepClone();
                changed = true;
            }
        }

        if (schema.AdditionalProperties is { } values)
        {
            return DefaultValues(map, values) || changed;
        }

        foreach ((string name, StructuralSchema member) in schema.Plan.Properties)
        {
            if (member.Plan.HasDefaults && map.TryGetPropertyValue(name, out JsonNode? value))
            {
                changed |= Default(value, member);
            }
        }

        return changed;
    }

    private static bool DefaultValues(JsonObject map, StructuralSchema values)
    {
        bool changed = false;
        List<string>? nulls = null;
        for (int i = 0; i < map.Count; i++)
        {
            (string name, JsonNode? value) = map.GetAt(i);
            if (value is null && !values.Nullable && values.Default is not null)
            {
                (nulls ??= []).Add(name);
            }
            else
            {
                changed |= Default(value, values);
            }
        }

        foreach (string name in nulls ?? (IEnumerable<string>)[])
        {
            JsonNode filled = values.Default!.DeepClone();
            map[name] = filled;
            Default(filled, values);
            changed = true;
        }

        return changed;
    }

    private static bool DefaultList(JsonArray list, StructuralSchema items)
    {
        bool changed = false;
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i] is null && !items.Nullable && items.Default is not null)
            {
                list[i] = items.Default.DeepClone();
                changed = true;
            }

            changed |= Default(list[i], items);
        }

        return changed;
    }
}
