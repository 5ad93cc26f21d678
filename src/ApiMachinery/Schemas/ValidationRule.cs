namespace KubeFed.ApiMachinery.Schemas;

/// <summary>One of <c>x-kubernetes-validations</c>.</summary>
public sealed record ValidationRule
{
    /// <summary>The CEL expression; it is true for a valid value.</summary>
    public required string Rule { get; init; }

    /// <summary>What to say when it is not; null lets the rule speak for itself.</summary>
    public string? Message { get; init; }

    /// <summary>A CEL expression for what to say; it wins over <see cref="Message"/> when it gives a text.</summary>
    public string? MessageExpression { get; init; }

    /// <summary>The reason of the cause: FieldValueInvalid (default), FieldValueForbidden, FieldValueRequired or FieldValueDuplicate.</summary>
    public string? Reason { get; init; }

    /// <summary>The field below the rule's own that the error names, as <c>.spec.a</c>; null names the rule's own.</summary>
    public string? FieldPath { get; init; }

    /// <summary>Whether a rule that reads <c>oldSelf</c> also runs where there is no old value.</summary>
    public bool OptionalOldSelf { get; init; }
}
