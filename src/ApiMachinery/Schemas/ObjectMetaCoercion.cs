using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;
using Kind = KubeFed.ApiMachinery.Schemas.ObjectMetaFields.Kind;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>
/// Makes a tree what reading it as ObjectMeta and writing it again would make of it: unknown members, nulls and what is empty go. A value of
/// a wrong type is an error, in the words of Go's decoder.
/// </summary>
internal sealed class ObjectMetaCoercion
{
    private readonly FieldPathStack _path = new();

    /// <summary>The paths of the unknown members that were dropped, below metadata and in order; null if none.</summary>
    public List<string>? Unknown { get; private set; }

    /// <summary>What is wrong; null if nothing.</summary>
    public string? Error { get; private set; }

    /// <returns>Whether the tree could be read; if not, see <see cref="Error"/>, and some of the tree may be changed.</returns>
    public bool Apply(JsonNode? metadata)
    {
        switch (metadata)
        {
            case null:
                return true;
            case JsonObject map:
                Struct(map, ObjectMetaFields.Meta, "ObjectMeta", string.Empty);
                return Error is null;
            default:
                Error = $"json: cannot unmarshal {Found(metadata, "v1.ObjectMeta")} into Go value of type v1.ObjectMeta";
                return false;
        }
    }

    private void Struct(JsonObject map, FrozenDictionary<string, Kind> fields, string type, string prefix)
    {
        List<string>? drop = null;
        foreach ((string name, JsonNode? value) in map)
        {
            _path.Push(name);
            if (!fields.TryGetValue(name, out Kind kind))
            {
                (Unknown ??= []).Add(_path.ToString());
                (drop ??= []).Add(name);
            }
            else if (value is null || !Field(value, kind, $"{type}.{prefix}{name}") || (IsEmpty(value) && prefix.Length == 0))
            {
                (drop ??= []).Add(name);
            }

            _path.Pop();
            if (Error is not null)
            {
                return;
            }
        }

        drop?.ForEach(name => map.Remove(name));
    }

    private bool Field(JsonNode value, Kind kind, string field)
    {
        switch (kind)
        {
            case Kind.TextMap when value is JsonObject map:
                return TextMap(map, field);
            case Kind.TextList when value is JsonArray list:
                return TextList(list, field);
            case Kind.Owners when value is JsonArray owners:
                return Structs(owners, ObjectMetaFields.Owner, "OwnerReference", "ownerReferences.", field);
            case Kind.ManagedFields when value is JsonArray entries:
                return Structs(entries, ObjectMetaFields.ManagedFields, "ManagedFieldsEntry", "managedFields.", field);
            case Kind.Time:
                return Time(value);
            case Kind.Any:
            case Kind.Text when value.GetValueKind() == JsonValueKind.String:
            case Kind.Flag when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
            case Kind.Int64 when JsonNumbers.TryInt64(value, out _):
                return true;
            default:
                return Wrong(value, field, ObjectMetaFields.GoType(kind));
        }
    }

    private bool TextMap(JsonObject map, string field)
    {
        List<string>? nulls = null;
        foreach ((string key, JsonNode? value) in map)
        {
            if (value is null)
            {
                (nulls ??= []).Add(key);
            }
            else if (value.GetValueKind() != JsonValueKind.String)
            {
                return Wrong(value, field, "string");
            }
        }

        nulls?.ForEach(key => map[key] = string.Empty);
        return true;
    }

    private bool TextList(JsonArray list, string field)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i] is not { } item)
            {
                list[i] = string.Empty;
            }
            else if (item.GetValueKind() != JsonValueKind.String)
            {
                return Wrong(item, field, "string");
            }
        }

        return true;
    }

    private bool Structs(JsonArray list, FrozenDictionary<string, Kind> fields, string type, string prefix, string field)
    {
        for (int i = 0; i < list.Count && Error is null; i++)
        {
            _path.Push(i);
            if (list[i] is JsonObject map)
            {
                Struct(map, fields, type, prefix);
            }
            else if (list[i] is { } other)
            {
                Wrong(other, field, "v1." + type);
            }
            else
            {
                list[i] = new JsonObject();
            }

            _path.Pop();
        }

        return Error is null;
    }

    private bool Time(JsonNode value)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            Error = $"json: cannot unmarshal {Found(value, "string")} into Go value of type string";
            return false;
        }

        string text = value.GetValue<string>();
        if (!SchemaFormats.IsDateTime(text))
        {
            string quoted = GoQuote.Quote(text);
            Error = $"parsing time {quoted} as \"2006-01-02T15:04:05Z07:00\": cannot parse {quoted} as \"2006\"";
            return false;
        }

        return true;
    }

    private bool Wrong(JsonNode value, string field, string type)
    {
        Error = $"json: cannot unmarshal {Found(value, type)} into Go struct field {field} of type {type}";
        return false;
    }

    private static string Found(JsonNode value, string wanted) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => wanted == "int64" ? "number " + value.ToJsonString() : "number",
        _ => "bool",
    };

    private static bool IsEmpty(JsonNode value) => value switch
    {
        JsonObject map => map.Count == 0,
        JsonArray list => list.Count == 0,
        JsonValue scalar when scalar.TryGetValue(out string? text) => text.Length == 0,
        _ => JsonNumbers.TryInt64(value, out long zero) && zero == 0 && value.GetPropertyName() == "generation",
    };
}
