using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>The keywords of one schema, each read as the type it must have; another type is an error and reads as absent.</summary>
internal readonly struct SchemaKeywords(JsonObject schema, FieldPath at, FieldErrorList errors)
{
    public JsonObject Json => schema;

    public FieldPath At => at;

    public FieldErrorList Errors => errors;

    public bool Has(string keyword) => schema[keyword] is not null;

    public string? Text(string keyword)
    {
        if (schema[keyword] is not { } node)
        {
            return null;
        }

        if (node is JsonValue value && value.GetValueKind() == JsonValueKind.String)
        {
            return node.ToString();
        }

        Wrong(keyword, node, "must be a string");
        return null;
    }

    public bool? Flag(string keyword)
    {
        switch (schema[keyword])
        {
            case null:
                return null;
            case JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                return value.GetValueKind() == JsonValueKind.True;
            case { } node:
                Wrong(keyword, node, "must be a boolean");
                return null;
        }
    }

    public double? Number(string keyword)
    {
        if (schema[keyword] is not { } node)
        {
            return null;
        }

        if (JsonNumbers.TryDouble(node, out double number))
        {
            return number;
        }

        Wrong(keyword, node, "must be a number");
        return null;
    }

    public long? Count(string keyword)
    {
        if (schema[keyword] is not { } node)
        {
            return null;
        }

        if (JsonNumbers.TryInt64(node, out long number))
        {
            return number;
        }

        Wrong(keyword, node, "must be a whole number");
        return null;
    }

    public IReadOnlyList<string> Texts(string keyword)
    {
        JsonArray? list = List(keyword);
        if (list is null || list.Count == 0)
        {
            return [];
        }

        var texts = new List<string>(list.Count);
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i] is JsonValue value && value.GetValueKind() == JsonValueKind.String)
            {
                texts.Add(value.ToString());
            }
            else
            {
                errors.Add(FieldError.TypeInvalid(at.Child(keyword).Index(i), FieldValue.From(list[i]), "must be a string"));
            }
        }

        return [.. texts];
    }

    public JsonArray? List(string keyword)
    {
        switch (schema[keyword])
        {
            case null:
                return null;
            case JsonArray list:
                return list;
            case { } node:
                Wrong(keyword, node, "must be a list");
                return null;
        }
    }

    public JsonObject? Map(string keyword)
    {
        switch (schema[keyword])
        {
            case null:
                return null;
            case JsonObject map:
                return map;
            case { } node:
                Wrong(keyword, node, "must be an object");
                return null;
        }
    }

    /// <summary>The schemas of a list, each with its path.</summary>
    public IReadOnlyList<SchemaKeywords> Schemas(string keyword)
    {
        JsonArray? list = List(keyword);
        if (list is null)
        {
            return [];
        }

        var found = new List<SchemaKeywords>(list.Count);
        for (int i = 0; i < list.Count; i++)
        {
            FieldPath path = at.Child(keyword).Index(i);
            if (list[i] is JsonObject map)
            {
                found.Add(new SchemaKeywords(map, path, errors));
            }
            else
            {
                errors.Add(FieldError.TypeInvalid(path, FieldValue.From(list[i]), "must be an object"));
            }
        }

        return found;
    }

    /// <summary>The schemas of a map, each with its name and path.</summary>
    public IEnumerable<(string Name, SchemaKeywords Schema)> Members(string keyword)
    {
        JsonObject? map = Map(keyword);
        if (map is null)
        {
            yield break;
        }

        foreach ((string name, JsonNode? node) in map)
        {
            FieldPath path = At.Child(keyword).Key(name);
            if (node is JsonObject member)
            {
                yield return (name, new SchemaKeywords(member, path, Errors));
            }
            else
            {
                Errors.Add(FieldError.TypeInvalid(path, FieldValue.From(node), "must be an object"));
            }
        }
    }

    public SchemaKeywords Child(string keyword, JsonObject child) => new(child, at.Child(keyword), errors);

    public void Forbid(string keyword, string detail) => errors.Add(FieldError.Forbidden(at.Child(keyword), detail));

    public void Require(string keyword, string detail) => errors.Add(FieldError.Required(at.Child(keyword), detail));

    public void Refuse(string keyword, FieldValue value, string detail) => errors.Add(FieldError.Invalid(at.Child(keyword), value, detail));

    private void Wrong(string keyword, JsonNode node, string detail) =>
        errors.Add(FieldError.TypeInvalid(at.Child(keyword), FieldValue.From(node), detail));
}
