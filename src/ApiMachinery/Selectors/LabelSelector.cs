using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Selectors;

/// <summary>
/// The label selector of the API's objects. All labels and all expressions must hold; one without either selects everything, an
/// absent one (null) nothing.
/// </summary>
public sealed record LabelSelector
{
    /// <summary>Labels that must be there with these values.</summary>
    [JsonPropertyName("matchLabels")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StringMap? MatchLabels { get; init; }

    /// <summary>Further conditions.</summary>
    [JsonPropertyName("matchExpressions")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LabelSelectorRequirement>? MatchExpressions { get; init; }

    /// <summary>Whether it has neither labels nor expressions and so selects everything.</summary>
    [JsonIgnore]
    public bool IsEmpty => MatchLabels is not { Count: > 0 } && MatchExpressions is not { Count: > 0 };

    /// <summary>The compiled form.</summary>
    /// <exception cref="SelectorFormatException">A key, operator or value is not valid; the message names the first.</exception>
    public Selector ToSelector()
    {
        IEnumerable<Requirement> labels = (MatchLabels ?? StringMap.Empty)
            .Select(static label => Requirement.Create(label.Key, SelectorOperator.Equals, label.Value));
        return Selector.Of(labels.Concat((MatchExpressions ?? []).Select(Compile)));
    }

    /// <summary>The compiled form of a selector that may be absent, which then selects nothing.</summary>
    /// <exception cref="SelectorFormatException">A key, operator or value is not valid.</exception>
    public static Selector ToSelector(LabelSelector? selector) => selector?.ToSelector() ?? Selector.Nothing;

    /// <summary>All that is wrong, below the path <paramref name="field"/>.</summary>
    public FieldErrorList Validate(FieldPath field)
    {
        FieldErrorList errors = NameValidation.ValidateLabels(MatchLabels ?? StringMap.Empty, field.Child("matchLabels"));
        IReadOnlyList<LabelSelectorRequirement> expressions = MatchExpressions ?? [];
        for (int i = 0; i < expressions.Count; i++)
        {
            Validate(errors, expressions[i], field.Child("matchExpressions").Index(i));
        }

        return errors;
    }

    /// <summary>Whether labels and expressions are the same; absent and empty ones are alike.</summary>
    public bool Equals(LabelSelector? other) =>
        other is not null
        && (MatchLabels ?? StringMap.Empty).Equals(other.MatchLabels ?? StringMap.Empty)
        && (MatchExpressions ?? []).SequenceEqual(other.MatchExpressions ?? []);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MatchLabels ?? StringMap.Empty, MatchExpressions?.Count ?? 0);

    private static Requirement Compile(LabelSelectorRequirement expression)
    {
        SelectorOperator op = expression.Operator switch
        {
            LabelSelectorRequirement.In => SelectorOperator.In,
            LabelSelectorRequirement.NotIn => SelectorOperator.NotIn,
            LabelSelectorRequirement.Exists => SelectorOperator.Exists,
            LabelSelectorRequirement.DoesNotExist => SelectorOperator.DoesNotExist,
            _ => throw new SelectorFormatException($"{GoQuote.Quote(expression.Operator)} is not a valid label selector operator"),
        };
        return Requirement.Create(expression.Key, op, expression.Values ?? []);
    }

    private static void Validate(FieldErrorList errors, LabelSelectorRequirement expression, FieldPath field)
    {
        int values = expression.Values?.Count ?? 0;
        switch (expression.Operator)
        {
            case LabelSelectorRequirement.In or LabelSelectorRequirement.NotIn when values == 0:
                errors.Add(FieldError.Required(field.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'"));
                break;
            case LabelSelectorRequirement.Exists or LabelSelectorRequirement.DoesNotExist when values > 0:
                errors.Add(FieldError.Forbidden(field.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
                break;
            case LabelSelectorRequirement.In or LabelSelectorRequirement.NotIn or LabelSelectorRequirement.Exists or LabelSelectorRequirement.DoesNotExist:
                break;
            default:
                errors.Add(FieldError.Invalid(field.Child("operator"), expression.Operator, "not a valid selector operator"));
                break;
        }

        errors.AddRange(NameValidation.IsQualifiedName(expression.Key).Select(r => FieldError.Invalid(field.Child("key"), expression.Key, r)));
        for (int i = 0; i < values; i++)
        {
            string value = expression.Values![i];
            errors.AddRange(NameValidation.IsValidLabelValue(value).Select(r => FieldError.Invalid(field.Child("values").Index(i), value, r)));
        }
    }
}
