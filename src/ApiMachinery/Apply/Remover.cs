using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>Takes members, map entries and items out of an object. Containers that are left without content stay, empty.</summary>
internal static class Remover
{
    /// <summary>Removes the members of the set from <paramref name="target"/>, which is changed.</summary>
    public static void Remove(TypeNode type, JsonObject target, FieldSet fields)
    {
        if (fields.IsEmpty || !FieldsOf.IsGranularMap(type))
        {
            return;
        }

        List<string>? gone = null;
        foreach (var (name, value) in target)
        {
            var memberType = type.Member(name, out var key, out _) ?? TypeNode.Untyped;
            var at = fields.Find(key);
            if (at < 0 || memberType.Shape == TypeShape.Ignored)
            {
                continue;
            }

            ref readonly var node = ref fields.Nodes[at];
            if (node.IsMember)
            {
                (gone ??= []).Add(name);
            }
            else
            {
                RemoveBelow(memberType, value, node.Children!);
            }
        }

        gone?.ForEach(name => target.Remove(name));
    }

    private static void RemoveBelow(TypeNode type, JsonNode? value, FieldSet fields)
    {
        if (value is JsonObject map)
        {
            Remove(type, map, fields);
        }
        else if (value is JsonArray list && FieldsOf.IsGranularList(type))
        {
            RemoveItems(type, list, fields);
        }
    }

    private static void RemoveItems(TypeNode type, JsonArray list, FieldSet fields)
    {
        for (var i = list.Count - 1; i >= 0; i--)
        {
            var at = ListItems.KeyOf(type, list[i], out _) is { } key ? fields.Find(key) : -1;
            if (at < 0)
            {
                continue;
            }

            ref readonly var node = ref fields.Nodes[at];
            if (node.IsMember)
            {
                list.RemoveAt(i);
            }
            else
            {
                RemoveBelow(type.Element!, list[i], node.Children!);
            }
        }
    }
}
