using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>Finds what occurs twice in lists of type set and map. An object that was stored with some is not held to them again.</summary>
internal static class UniqueLists
{
    public static void Validate(JsonNode? obj, JsonNode? old, StructuralSchema schema, FieldErrorList errors)
    {
        List<FieldError>? found = null;
        Walk(obj, schema, null, ref found);
        if (found is null)
        {
            return;
        }

        List<FieldError>? before = null;
        if (old is not null)
        {
            Walk(old, schema, null, ref before);
        }

        if (before is null)
        {
            errors.AddRange(found);
        }
    }

    private static void Walk(JsonNode? node, StructuralSchema schema, Crumb? at, ref List<FieldError>? errors)
    {
        if (node is JsonArray list)
        {
            WalkList(list, schema, at, ref errors);
        }
        else if (node is JsonObject map)
        {
            foreach ((string name, JsonNode? value) in map)
            {
                bool named = schema.Plan.Properties.TryGetValue(name, out StructuralSchema? member);
                member ??= schema.AdditionalProperties;
                if (value is not null and not JsonValue && member is not null && (member.ListType != ListType.Atomic || member.Plan.HasUniqueLists))
                {
                    Walk(value, member, new Crumb(at, name, named ? CrumbKind.Field : CrumbKind.Key), ref errors);
                }
            }
        }
    }

    private static void WalkList(JsonArray list, StructuralSchema schema, Crumb? at, ref List<FieldError>? errors)
    {
        if (schema.ListType != ListType.Atomic && list.Count > 1)
        {
            CheckList(list, schema, at, ref errors);
        }

        if (schema.Items is { } items && (items.Plan.HasUniqueLists || items.ListType != ListType.Atomic))
        {
            for (int i = 0; i < list.Count; i++)
            {
                Walk(list[i], items, new Crumb(at, i.ToString(CultureInfo.InvariantCulture), CrumbKind.Index), ref errors);
            }
        }
    }

    private static void CheckList(JsonArray list, StructuralSchema schema, Crumb? at, ref List<FieldError>? errors)
    {
        var seen = new HashSet<string>(list.Count, StringComparer.Ordinal);
        HashSet<string>? reported = null;
        for (int i = 0; i < list.Count; i++)
        {
            JsonNode? shown = schema.ListType == ListType.Map ? KeysOf(list[i], schema) : list[i];
            string identity = Canonical(shown);
            if (!seen.Add(identity) && (reported ??= new HashSet<string>(StringComparer.Ordinal)).Add(identity))
            {
                (errors ??= []).Add(FieldError.Duplicate(Crumb.Path(at, i), FieldValue.From(shown)));
            }
        }
    }

    private static JsonObject KeysOf(JsonNode? item, StructuralSchema schema)
    {
        var keys = new JsonObject();
        foreach (string key in schema.ListMapKeys.Order(StringComparer.Ordinal))
        {
            if (item is JsonObject map && map.TryGetPropertyValue(key, out JsonNode? value))
            {
                keys[key] = value?.DeepClone();
            }
        }

        return keys;
    }

    private static string Canonical(JsonNode? node) => node switch
    {
        JsonObject map => $"{{{string.Join(',', map.OrderBy(static p => p.Key, StringComparer.Ordinal).Select(static p => Text(p.Key) + ":" + Canonical(p.Value)))}}}",
        JsonArray list => $"[{string.Join(',', list.Select(Canonical))}]",
        JsonValue when JsonNumbers.TryInt64(node, out long whole) => whole.ToString(CultureInfo.InvariantCulture),
        JsonValue when JsonNumbers.TryDouble(node, out double number) => GoFloat.FormatJson(number),
        _ => Text(node),
    };

    private static string Text(JsonNode? node) => Encoding.UTF8.GetString(JsonText.Utf8(node).Span);

    private enum CrumbKind
    {
        Field,
        Key,
        Index,
    }

    private sealed record Crumb(Crumb? Parent, string Name, CrumbKind Kind)
    {
        public static FieldPath? Path(Crumb? at, int index) => at?.ToPath().Index(index);

        private FieldPath ToPath()
        {
            FieldPath? parent = Parent?.ToPath();
            return (parent, Kind) switch
            {
                (null, _) => FieldPath.Root(Name),
                (_, CrumbKind.Field) => parent.Child(Name),
                _ => parent.Key(Name),
            };
        }
    }
}
