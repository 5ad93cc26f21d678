using System.Globalization;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas.Rules;

/// <summary>What is wrong with the rules of a schema, for the one who writes it.</summary>
internal static class RuleChecks
{
    private static readonly string[] Reasons = ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"];

    public static void Check(RuleNode node, FieldPath path, FieldPath? uncorrelatable, FieldErrorList errors)
    {
        for (int i = 0; i < node.Rules.Count; i++)
        {
            Check(node.Rules[i], path.Child("x-kubernetes-validations").Index(i), uncorrelatable, errors);
        }

        FieldPath? below = node.Schema.Type == SchemaType.Array && node.Schema.ListType != ListType.Map ? uncorrelatable ?? path : uncorrelatable;
        foreach ((string name, RuleNode child) in node.Properties.OrderBy(static p => p.Key, StringComparer.Ordinal))
        {
            Check(child, path.Child("properties").Key(name), uncorrelatable, errors);
        }

        if (node.Values is { } values)
        {
            Check(values, path.Child("additionalProperties"), uncorrelatable, errors);
        }

        if (node.Items is { } items)
        {
            Check(items, path.Child("items"), below, errors);
        }
    }

    private static void Check(CompiledRule compiled, FieldPath path, FieldPath? uncorrelatable, FieldErrorList errors)
    {
        ValidationRule rule = compiled.Rule;
        if (string.IsNullOrWhiteSpace(rule.Rule))
        {
            errors.Add(FieldError.Required(path.Child("rule"), "rule is not specified"));
        }

        CheckTexts(rule, path, errors);
        FieldValue shown = Shown(rule);
        Add(errors, path.Child("rule"), shown, compiled.RuleFault);
        Add(errors, path.Child("messageExpression"), shown, compiled.MessageFault);
        if (compiled.FieldPathFault is { } fault)
        {
            errors.Add(FieldError.Invalid(path.Child("fieldPath"), rule.FieldPath, "fieldPath must be a valid path: " + fault));
        }

        if (compiled.IsTransition && uncorrelatable is not null && !rule.OptionalOldSelf)
        {
            errors.Add(FieldError.Invalid(
                path.Child("rule"), rule.Rule, $"oldSelf cannot be used on the uncorrelatable portion of the schema within {uncorrelatable}"));
        }

        if (rule.OptionalOldSelf && compiled.Program is not null && !compiled.IsTransition)
        {
            errors.Add(FieldError.Invalid(path.Child("optionalOldSelf"), value: true, "may not be set if oldSelf is not used in rule"));
        }
    }

    private static void CheckTexts(ValidationRule rule, FieldPath path, FieldErrorList errors)
    {
        string message = rule.Message ?? string.Empty;
        if (message.Length > 0 && string.IsNullOrWhiteSpace(message))
        {
            errors.Add(FieldError.Invalid(path.Child("message"), message, "message must be non-empty if specified"));
        }
        else if (message.Trim().Contains('\n'))
        {
            errors.Add(FieldError.Invalid(path.Child("message"), message, "message must not contain line breaks"));
        }
        else if (message.Length == 0 && rule.Rule.Trim().Contains('\n') && string.IsNullOrEmpty(rule.MessageExpression))
        {
            errors.Add(FieldError.Required(path.Child("message"), "message must be specified if rule contains line breaks"));
        }

        if (rule.Reason is { } reason && !Reasons.Contains(reason, StringComparer.Ordinal))
        {
            errors.Add(FieldError.NotSupported(path.Child("reason"), reason, Reasons));
        }
    }

    private static void Add(FieldErrorList errors, FieldPath path, FieldValue shown, string? fault)
    {
        if (fault is not null)
        {
            errors.Add(FieldError.Invalid(path, shown, fault));
        }
    }

    /// <summary>The rule as the API server shows it.</summary>
    private static FieldValue Shown(ValidationRule rule)
    {
        string reason = rule.Reason is null ? "(*apiextensions.FieldValueErrorReason)(nil)" : Pointer("apiextensions.FieldValueErrorReason");
        string optional = rule.OptionalOldSelf ? Pointer("bool") : "(*bool)(nil)";
        return FieldValue.Verbatim(string.Create(
            CultureInfo.InvariantCulture,
            $"apiextensions.ValidationRule{{Rule:{Quoted(rule.Rule)}, Message:{Quoted(rule.Message)}, MessageExpression:{Quoted(rule.MessageExpression)}, Reason:{reason}, FieldPath:{Quoted(rule.FieldPath)}, OptionalOldSelf:{optional}}}"));
    }

    /// <summary>A pointer that is set; the API server shows an address that says nothing.</summary>
    private static string Pointer(string type) => $"(*{type})(0x0)";

    private static string Quoted(string? text) => GoQuote.Quote(text ?? string.Empty);
}
