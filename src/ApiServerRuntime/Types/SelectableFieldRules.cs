using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiServerRuntime.Types;

/// <summary>Reads the selectable fields of a version.</summary>
internal static class SelectableFieldRules
{
    private const int MaxFields = 8;

    /// <summary>The paths without the leading dot, as field selectors name them.</summary>
    /// <param name="version">The version of the definition.</param>
    /// <param name="schema">Its schema; null when that is wrong, and then no path is looked for in it.</param>
    /// <param name="at">Where the fields stand.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static IReadOnlyList<string> Read(JsonObject version, StructuralSchema? schema, FieldPath at, FieldErrorList errors)
    {
        var list = CrdNode.List(version, "selectableFields");
        if (list.Count > MaxFields)
        {
            errors.Add(FieldError.TooMany(at, list.Count, MaxFields));
        }

        var paths = new List<string>();
        for (int i = 0; i < list.Count; i++)
        {
            string path = list[i] is JsonObject field ? CrdNode.Text(field, "jsonPath") : string.Empty;
            var place = at.Index(i).Child("jsonPath");
            if (path.Length == 0)
            {
                errors.Add(FieldError.Required(place));
            }
            else if (SimplePathRules.Check(path, place, errors) && (schema is null || Check(path, schema, place, errors)))
            {
                if (paths.Contains(path[1..], StringComparer.Ordinal))
                {
                    errors.Add(FieldError.Duplicate(place, path));
                }

                paths.Add(path[1..]);
            }
        }

        return paths;
    }

    private static bool Check(string path, StructuralSchema schema, FieldPath place, FieldErrorList errors)
    {
        if (path.StartsWith(".metadata.", StringComparison.Ordinal) || path == ".metadata")
        {
            errors.Add(FieldError.Invalid(place, path, "must not point to fields in metadata"));
            return false;
        }

        var current = schema;
        foreach (string name in path[1..].Split('.'))
        {
            if (!current.Properties.TryGetValue(name, out current!))
            {
                errors.Add(FieldError.Invalid(place, path, "is an invalid path: does not refer to a valid field"));
                return false;
            }
        }

        if (current.Type is not (SchemaType.String or SchemaType.Boolean or SchemaType.Integer))
        {
            errors.Add(FieldError.Invalid(
                place, path, "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed."));
            return false;
        }

        return true;
    }
}
