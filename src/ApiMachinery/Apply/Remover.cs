using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>Takes members, map entries and items out of an object. Containers that are left without content become null.</summary>
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
        List<string>? hollow = null;
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
            else if (Hollows(memberType, value, node.Children!))
            {
                (hollow ??= []).Add(name);
            }
        }

        gone?.ForEach(name => target.Remove(name));
        hollow?.ForEach(name => target[name] = null);
    }

    // Removes below a value, and says whether nothing is left of a container that had something.
    private static bool Hollows(TypeNode type, JsonNode? value, FieldSet fields)
    {
        switch (value)
        {
            case JsonObject map when map.Count > 0:
                Remove(type, map, fields);
                return map.Count == 0;
            case JsonArray list when list.Count > 0 && FieldsOf.IsGranularList(type):
                RemoveItems(type, list, fields);
                return list.Count == 0;
            default:
                return false;
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
            else if (Hollows(type.Element!, list[i], node.Children!))
            {
                list[i] = null;
            }
        }
    }
}
