using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>Field sets in the light of a type.</summary>
internal static class FieldSetTyping
{
    /// <summary>The set with every declared field on the way to a member a member too: who owns a part of a structure, owns the field.</summary>
    public static FieldSet WithNamedFields(FieldSet set, TypeNode? type)
    {
        if (set.IsEmpty || type is null)
        {
            return set;
        }

        var nodes = new FieldNode[set.Nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            var node = set.Nodes[i];
            nodes[i] = node.Children is null
                ? node
                : new FieldNode(node.Key, node.IsMember || IsDeclared(type, node.Key), WithNamedFields(node.Children, type.Below(node.Key)));
        }

        return new FieldSet(nodes);
    }

    /// <summary>
    /// The set after the schema may have changed since it was written: fields no longer declared are dropped, what is atomic now is owned
    /// whole, and a bare member that has become granular owns what the object has there.
    /// </summary>
    public static FieldSet Reconcile(FieldSet set, TypeNode type, JsonNode? live)
    {
        var result = default(FieldSetBuilder);
        var changed = false;
        foreach (ref readonly var node in set.Nodes)
        {
            var below = type.Below(node.Key);
            if (below is null)
            {
                changed = true;
                continue;
            }

            var children = Children(node, below, ValueAt(type, node.Key, live), out var whole);
            changed |= !ReferenceEquals(children, node.Children) || (whole && !node.IsMember);
            result.Add(node.Key, node.IsMember || whole, children);
        }

        return changed ? result.Build() : set;
    }

    private static FieldSet? Children(in FieldNode node, TypeNode type, JsonNode? live, out bool whole)
    {
        whole = type.Atomic && node.Children is not null;
        if (type.Atomic)
        {
            return null;
        }

        if (node.Children is not null)
        {
            return Reconcile(node.Children, type, live);
        }

        var granular = FieldsOf.Config(type, live);
        return granular.IsEmpty ? null : granular;
    }

    private static JsonNode? ValueAt(TypeNode type, string key, JsonNode? live)
    {
        if (live is JsonObject map && PathKey.IsField(key))
        {
            return map.TryGetPropertyValue(key[2..], out var value) ? value : null;
        }

        if (live is JsonArray list && FieldsOf.IsGranularList(type))
        {
            return OnlyItem(type, key, list);
        }

        return null;
    }

    private static JsonNode? OnlyItem(TypeNode type, string key, JsonArray list)
    {
        JsonNode? found = null;
        foreach (var item in list)
        {
            if (string.Equals(ListItems.KeyOf(type, item, out _), key, StringComparison.Ordinal))
            {
                if (found is not null)
                {
                    return null;
                }

                found = item;
            }
        }

        return found;
    }

    private static bool IsDeclared(TypeNode type, string key) =>
        type.Shape == TypeShape.Map && PathKey.IsField(key) && type.Fields.ContainsKey(key[2..]);
}
