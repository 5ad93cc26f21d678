using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>
/// Checks objects against their schema, with the API server's messages (go-openapi's). On update an error is forgiven where the value, and
/// the value that it stood for before, are equal (KEP-4008): an object that was stored before its schema got stricter can still be changed
/// elsewhere.
/// </summary>
public static class SchemaValidator
{
    /// <summary>
    /// The error that the API server adds at the end when a type has rules in CEL that were not run; its field prints as <c>&lt;nil&gt;</c>.
    /// </summary>
    public static FieldError RulesNotChecked { get; } = FieldError.Invalid(
        null,
        FieldValue.From((JsonNode?)null),
        "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation");

    /// <summary>
    /// Checks an object that was pruned and defaulted: its schema, its embedded resources, and that its sets and maps hold nothing twice.
    /// Metadata of the object itself is not looked at; <see cref="ObjectMetaValidator"/> does that. A good object costs one small reader
    /// and the texts of the strings that are looked at.
    /// </summary>
    /// <param name="obj">The object.</param>
    /// <param name="old">The stored object that it replaces; null on create.</param>
    /// <param name="schema">The schema.</param>
    /// <returns>What is wrong, in the order of the API server's checks.</returns>
    public static FieldErrorList Validate(JsonNode? obj, JsonNode? old, StructuralSchema schema)
    {
        var errors = new FieldErrorList();
        errors.AddRange(ValidateValues(obj, old, schema));
        if (schema.Plan.HasEmbedded)
        {
            EmbeddedResources.Validate(obj, schema, null, errors);
        }

        if (schema.Plan.HasUniqueLists)
        {
            UniqueLists.Validate(obj, old, schema, errors);
        }

        return errors;
    }

    /// <summary>Whether the rules in CEL may be run on an object with these errors; if not, and it has some, <see cref="RulesNotChecked"/> is due.</summary>
    public static bool RulesMayRun(FieldErrorList errors) => !errors.Any(static e =>
        e.Type is FieldErrorType.NotSupported or FieldErrorType.Required or FieldErrorType.TooLong or FieldErrorType.TooMany or FieldErrorType.TypeInvalid);

    /// <summary>Whether the schema has any rule in CEL. Costs nothing.</summary>
    public static bool HasRules(StructuralSchema schema) => schema.Rules.Count > 0 || schema.Plan.HasRules;

    /// <summary>The values alone.</summary>
    /// <param name="obj">The value.</param>
    /// <param name="old">What it replaces; null if nothing.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="path">The path of the value, as the messages begin with it.</param>
    internal static IReadOnlyList<FieldError> ValidateValues(JsonNode? obj, JsonNode? old, StructuralSchema schema, string? path = null)
    {
        var run = new ValidationRun(path);
        run.Validate(obj, old, old is not null, schema.Plan.Rules);
        return run.Errors;
    }
}
