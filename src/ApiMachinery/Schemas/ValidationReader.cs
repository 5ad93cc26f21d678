using System.Collections.Frozen;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>Reads the keywords that only validate, and the branches of <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c> and <c>not</c>.</summary>
internal sealed class ValidationReader(FieldErrorList errors)
{
    private static readonly JsonArray IntOrString = [new JsonObject { ["type"] = "integer" }, new JsonObject { ["type"] = "string" }];

    private static readonly (string Keyword, string Detail)[] NotInBranches =
    [
        ("additionalProperties", "must be undefined to be structural"),
        ("default", "must be undefined to be structural"),
        ("title", "must be empty to be structural"),
        ("description", "must be empty to be structural"),
        ("nullable", "must be false to be structural"),
        ("externalDocs", "must be undefined to be structural"),
        ("x-kubernetes-preserve-unknown-fields", "must be false to be structural"),
        ("x-kubernetes-embedded-resource", "must be false to be structural"),
        ("x-kubernetes-int-or-string", "must be false to be structural"),
        ("x-kubernetes-list-map-keys", "must be empty to be structural"),
        ("x-kubernetes-list-type", "must be undefined to be structural"),
        ("x-kubernetes-map-type", "must be undefined to be structural"),
        ("x-kubernetes-validations", "must be empty to be structural"),
    ];

    /// <summary>What a schema asks of its value.</summary>
    /// <param name="keywords">The schema.</param>
    /// <param name="scope">Where it stands.</param>
    /// <param name="outermost">Whether an int-or-string may say its two types in the first branch of allOf.</param>
    /// <param name="typesInAnyOf">Whether it may say them in anyOf.</param>
    public ValueValidation Read(SchemaKeywords keywords, SchemaScope scope, bool outermost, bool typesInAnyOf = true)
    {
        ValueValidation read = Limits(keywords) with
        {
            AllOf = AllOf(keywords, scope, outermost),
            AnyOf = Branches(keywords, "anyOf", scope, typesInAnyOf && JsonEquality.Equal(keywords.Json["anyOf"], IntOrString)),
            OneOf = Branches(keywords, "oneOf", scope, typed: false),
            Not = keywords.Map("not") is { } not ? Branch(keywords.Child("not", not), scope, typed: false) : null,
        };
        return read == ValueValidation.None ? ValueValidation.None : read;
    }

    /// <summary>The rules in CEL, unread.</summary>
    public static IReadOnlyList<ValidationRule> Rules(SchemaKeywords keywords)
    {
        var rules = new List<ValidationRule>();
        foreach (SchemaKeywords rule in keywords.Schemas("x-kubernetes-validations"))
        {
            string? text = rule.Text("rule");
            if (string.IsNullOrWhiteSpace(text))
            {
                rule.Require("rule", string.Empty);
                continue;
            }

            rules.Add(new ValidationRule
            {
                Rule = text,
                Message = rule.Text("message"),
                MessageExpression = rule.Text("messageExpression"),
                Reason = rule.Text("reason"),
                FieldPath = rule.Text("fieldPath"),
                OptionalOldSelf = rule.Flag("optionalOldSelf") ?? false,
            });
        }

        return rules.Count == 0 ? [] : [.. rules];
    }

    private static ValueValidation Limits(SchemaKeywords keywords)
    {
        string? pattern = keywords.Text("pattern");
        return ValueValidation.None with
        {
            Format = keywords.Text("format") is { Length: > 0 } format ? format : null,
            Minimum = keywords.Number("minimum"),
            ExclusiveMinimum = keywords.Flag("exclusiveMinimum") ?? false,
            Maximum = keywords.Number("maximum"),
            ExclusiveMaximum = keywords.Flag("exclusiveMaximum") ?? false,
            MultipleOf = keywords.Number("multipleOf"),
            MinLength = keywords.Count("minLength"),
            MaxLength = keywords.Count("maxLength"),
            Pattern = string.IsNullOrEmpty(pattern) ? null : pattern,
            CompiledPattern = string.IsNullOrEmpty(pattern) ? null : Compile(keywords, pattern),
            MinItems = keywords.Count("minItems"),
            MaxItems = keywords.Count("maxItems"),
            MinProperties = keywords.Count("minProperties"),
            MaxProperties = keywords.Count("maxProperties"),
            Required = keywords.Texts("required"),
            Enum = keywords.List("enum") is { Count: > 0 } values ? [.. values.Select(static v => v?.DeepClone())] : [],
        };
    }

    private static Regex? Compile(SchemaKeywords keywords, string pattern)
    {
        if (!Re2.TryCompile(pattern, out Regex? regex, out string? error))
        {
            keywords.Refuse("pattern", pattern, "must be a valid regular expression, but isn't: " + error);
        }

        return regex;
    }

    private IReadOnlyList<NestedValidation> AllOf(SchemaKeywords keywords, SchemaScope scope, bool outermost)
    {
        IReadOnlyList<SchemaKeywords> branches = keywords.Schemas("allOf");
        return branches.Count == 0
            ? []
            : [.. branches.Select((branch, i) => Branch(branch, scope, typed: false, typesInAnyOf: outermost && i == 0))];
    }

    private IReadOnlyList<NestedValidation> Branches(SchemaKeywords keywords, string keyword, SchemaScope scope, bool typed)
    {
        IReadOnlyList<SchemaKeywords> branches = keywords.Schemas(keyword);
        return branches.Count == 0 ? [] : [.. branches.Select(branch => Branch(branch, scope, typed))];
    }

    private NestedValidation Branch(SchemaKeywords keywords, SchemaScope scope, bool typed, bool typesInAnyOf = false)
    {
        SchemaScope below = scope.Below(scope.Level);
        if (below.Depth > SchemaParser.MaxDepth)
        {
            errors.Add(FieldError.Forbidden(keywords.At, $"must not be nested more than {SchemaParser.MaxDepth} deep"));
            return new NestedValidation();
        }

        SchemaType type = UnsupportedRules.Check(keywords, below);
        CheckStructural(keywords, type, typed);
        return new NestedValidation
        {
            Type = type,
            Validation = Read(keywords, below, outermost: false, typesInAnyOf),
            Properties = Properties(keywords, below),
            Items = keywords.Map("items") is { } items ? Branch(keywords.Child("items", items), below, typed: false) : null,
        };
    }

    private IReadOnlyDictionary<string, NestedValidation> Properties(SchemaKeywords keywords, SchemaScope scope)
    {
        Dictionary<string, NestedValidation>? properties = null;
        foreach ((string name, SchemaKeywords member) in keywords.Members("properties"))
        {
            properties ??= new Dictionary<string, NestedValidation>(StringComparer.Ordinal);
            properties[name] = Branch(member, scope, typed: false);
        }

        return properties ?? (IReadOnlyDictionary<string, NestedValidation>)FrozenDictionary<string, NestedValidation>.Empty;
    }

    private static void CheckStructural(SchemaKeywords keywords, SchemaType type, bool typed)
    {
        if (type != SchemaType.None && !typed)
        {
            keywords.Forbid("type", "must be empty to be structural");
        }

        foreach ((string keyword, string detail) in NotInBranches)
        {
            if (IsSet(keywords.Json[keyword]))
            {
                keywords.Forbid(keyword, detail);
            }
        }

        if (keywords.Json["properties"] is JsonObject properties && properties.ContainsKey("metadata"))
        {
            keywords.Errors.Add(FieldError.Forbidden(
                keywords.At.Child("properties").Key("metadata"),
                "must not be specified in a nested context"));
        }
    }

    private static bool IsSet(JsonNode? node) => node switch
    {
        null or JsonArray { Count: 0 } => false,
        JsonValue value when value.TryGetValue(out string? text) => text.Length > 0,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        _ => true,
    };
}
