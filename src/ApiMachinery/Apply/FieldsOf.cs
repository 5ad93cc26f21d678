using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>The fields that an object has.</summary>
internal static class FieldsOf
{
    /// <summary>
    /// The fields that an applied configuration claims: scalars, what is atomic, items and map entries, empty and null values; fields of
    /// structures only through what they hold.
    /// </summary>
    public static FieldSet Config(TypeNode type, JsonNode? value) => value switch
    {
        JsonObject map when IsGranularMap(type) => Members(type, map),
        JsonArray list when IsGranularList(type) => Items(type, list),
        _ => FieldSet.Empty,
    };

    /// <summary>Every field, each container a member too: what appears when the value is added to an object that lacked it.</summary>
    public static FieldSet All(TypeNode type, JsonNode? value)
    {
        var result = default(FieldSetBuilder);
        switch (value)
        {
            case JsonObject map when IsGranularMap(type):
                foreach (var (name, member) in map)
                {
                    if (type.Member(name, out var key, out _) is { Shape: not TypeShape.Ignored } memberType)
                    {
                        result.Add(key, true, All(memberType, member));
                    }
                }

                break;
            case JsonArray list when IsGranularList(type):
                var keys = ListItems.KeysOf(type, list);
                var repeated = ListItems.Repeated(keys);
                for (var i = 0; i < keys.Length; i++)
                {
                    result.Add(keys[i], true, repeated?.Contains(keys[i]) == true ? null : All(type.Element!, list[i]));
                }

                break;
            default:
                break;
        }

        return result.Build();
    }

    public static bool IsGranularMap(TypeNode type) => !type.Atomic && type.Shape is TypeShape.Map or TypeShape.Untyped;

    public static bool IsGranularList(TypeNode type) => type is { Atomic: false, Shape: TypeShape.List };

    private static FieldSet Members(TypeNode type, JsonObject map)
    {
        var result = default(FieldSetBuilder);
        foreach (var (name, member) in map)
        {
            var memberType = type.Member(name, out var key, out var declared);
            if (memberType is null or { Shape: TypeShape.Ignored })
            {
                continue;
            }

            var isMember = !declared || member is null or JsonObject { Count: 0 } || IsLeaf(memberType, member);
            result.Add(key, isMember, Config(memberType, member));
        }

        return result.Build();
    }

    private static FieldSet Items(TypeNode type, JsonArray list)
    {
        var result = default(FieldSetBuilder);
        var keys = ListItems.KeysOf(type, list);
        var repeated = ListItems.Repeated(keys);
        for (var i = 0; i < keys.Length; i++)
        {
            result.Add(keys[i], true, repeated?.Contains(keys[i]) == true ? null : Config(type.Element!, list[i]));
        }

        return result.Build();
    }

    private static bool IsLeaf(TypeNode type, JsonNode value) => value switch
    {
        JsonObject => !IsGranularMap(type),
        JsonArray => !IsGranularList(type),
        _ => type.Atomic || type.Shape is TypeShape.Scalar or TypeShape.Untyped,
    };
}
