using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>Drops from objects what their schema does not specify.</summary>
public static class SchemaPruner
{
    /// <summary>Drops the members that are not specified, everywhere below. Pruning a pruned tree does nothing.</summary>
    /// <param name="tree">The object, which is changed.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="isObjectRoot">Whether the tree is a whole Kubernetes object, whose apiVersion, kind and metadata are kept as they are.</param>
    /// <returns>The paths of what was dropped, as <c>spec.ports[0].bogus</c>, sorted bytewise.</returns>
    public static IReadOnlyList<string> Prune(JsonNode? tree, StructuralSchema schema, bool isObjectRoot = true)
    {
        if (tree is null or JsonValue)
        {
            return [];
        }

        var run = new Run();
        run.Prune(tree, schema, isObjectRoot || schema.EmbeddedResource);
        run.Dropped?.Sort(StringComparer.Ordinal);
        return run.Dropped ?? (IReadOnlyList<string>)[];
    }

    /// <summary>
    /// Drops every <c>null</c> whose field may not be null and has no default, as the API server does after pruning; one with a default is
    /// left for <see cref="SchemaDefaulter"/>. Items of lists stay.
    /// </summary>
    /// <param name="tree">The object, which is changed.</param>
    /// <param name="schema">Its schema.</param>
    public static void PruneNulls(JsonNode? tree, StructuralSchema schema)
    {
        if (tree is JsonObject map)
        {
            PruneNulls(map, schema);
        }
        else if (tree is JsonArray list && schema.Items is { } items)
        {
            foreach (JsonNode? item in list)
            {
                PruneNulls(item, items);
            }
        }
    }

    private static void PruneNulls(JsonObject map, StructuralSchema schema)
    {
        List<string>? nulls = null;
        for (int i = 0; i < map.Count; i++)
        {
            (string name, JsonNode? value) = map.GetAt(i);
            StructuralSchema? member = schema.Plan.Properties.GetValueOrDefault(name) ?? schema.AdditionalProperties;
            if (member is null)
            {
                continue;
            }

            if (value is not null)
            {
                PruneNulls(value, member);
            }
            else if (!member.Nullable && member.Default is null)
            {
                (nulls ??= []).Add(name);
            }
        }

        nulls?.ForEach(name => map.Remove(name));
    }

    private struct Run()
    {
        private readonly FieldPathStack _path = new();

        public List<string>? Dropped { get; private set; }

        public void Prune(JsonNode? node, StructuralSchema? schema, bool embedded)
        {
            if (node is JsonObject map)
            {
                PruneMap(map, schema ?? StructuralSchema.AnyScalar, embedded);
            }
            else if (node is JsonArray list)
            {
                PruneList(list, schema);
            }
        }

        private void PruneMap(JsonObject map, StructuralSchema schema, bool embedded)
        {
            List<string>? unknown = null;
            for (int i = 0; i < map.Count; i++)
            {
                (string name, JsonNode? value) = map.GetAt(i);
                if (embedded && name is ("apiVersion" or "kind" or "metadata"))
                {
                    continue;
                }

                if ((schema.Plan.Properties.GetValueOrDefault(name) ?? schema.AdditionalProperties) is { } member)
                {
                    if (value is not (null or JsonValue))
                    {
                        _path.Push(name);
                        Prune(value, member, member.EmbeddedResource);
                        _path.Pop();
                    }
                }
                else if (!schema.PreserveUnknownFields)
                {
                    (unknown ??= []).Add(name);
                }
            }

            if (unknown is not null)
            {
                Drop(map, unknown);
            }
        }

        private void Drop(JsonObject map, List<string> unknown)
        {
            foreach (string name in unknown)
            {
                map.Remove(name);
                _path.Push(name);
                (Dropped ??= []).Add(_path.ToString());
                _path.Pop();
            }
        }

        private void PruneList(JsonArray list, StructuralSchema? schema)
        {
            if (schema is { PreserveUnknownFields: true, Items: null })
            {
                return;
            }

            for (int i = 0; i < list.Count; i++)
            {
                _path.Push(i);
                Prune(list[i], schema?.Items, schema?.Items?.EmbeddedResource ?? false);
                _path.Pop();
            }
        }
    }
}
