using System.Globalization;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Selectors;

/// <summary>One condition on the labels of an object. Immutable and checked when made.</summary>
public sealed class Requirement : IEquatable<Requirement>
{
    private readonly string[] _values;
    private readonly long _bound;

    private Requirement(string key, SelectorOperator op, string[] values)
    {
        Key = key;
        Operator = op;
        _values = values;
        _bound = IsOrdering(op) ? long.Parse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The label.</summary>
    public string Key { get; }

    /// <summary>The relation.</summary>
    public SelectorOperator Operator { get; }

    /// <summary>The values, sorted, each once.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>Makes a requirement.</summary>
    /// <exception cref="SelectorFormatException">Key, values or their number are not what the operator takes.</exception>
    public static Requirement Create(string key, SelectorOperator op, params IEnumerable<string> values)
    {
        string[] given = [.. values];
        FieldErrorList errors = Check(key, op, given);
        return errors.Count == 0 ? CreateUnchecked(key, op, given) : throw new SelectorFormatException(errors.ToString());
    }

    /// <summary>Whether labels meet the requirement.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        bool present = labels.TryGetValue(Key, out string? value);
        return Operator switch
        {
            SelectorOperator.In or SelectorOperator.Equals or SelectorOperator.DoubleEquals => present && HasValue(value!),
            SelectorOperator.NotIn or SelectorOperator.NotEquals => !present || !HasValue(value!),
            SelectorOperator.Exists => present,
            SelectorOperator.DoesNotExist => !present,
            SelectorOperator.GreaterThan => present && TryInteger(value!, out long above) && above > _bound,
            _ => present && TryInteger(value!, out long below) && below < _bound,
        };
    }

    /// <inheritdoc/>
    public bool Equals(Requirement? other) =>
        other is not null && Key == other.Key && Operator == other.Operator && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Requirement);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Operator, _values.Length > 0 ? _values[0] : null);

    /// <summary>The requirement in the selector grammar, as kubectl prints it.</summary>
    public override string ToString() => Operator switch
    {
        SelectorOperator.In => $"{Key} in ({Joined})",
        SelectorOperator.NotIn => $"{Key} notin ({Joined})",
        SelectorOperator.Equals => $"{Key}={Joined}",
        SelectorOperator.DoubleEquals => $"{Key}=={Joined}",
        SelectorOperator.NotEquals => $"{Key}!={Joined}",
        SelectorOperator.GreaterThan => $"{Key}>{Joined}",
        SelectorOperator.LessThan => $"{Key}<{Joined}",
        SelectorOperator.Exists => Key,
        _ => "!" + Key,
    };

    internal static Requirement CreateUnchecked(string key, SelectorOperator op, params string[] values)
    {
        string[] sorted = values.Length < 2 ? values : [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new Requirement(key, op, sorted);
    }

    private string Joined => string.Join(',', _values);

    private bool HasValue(string value)
    {
        foreach (string candidate in _values)
        {
            if (string.Equals(candidate, value, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static FieldErrorList Check(string key, SelectorOperator op, string[] values)
    {
        var errors = new FieldErrorList();
        IReadOnlyList<string> reasons = NameValidation.IsQualifiedName(key);
        if (reasons.Count > 0)
        {
            errors.Add(FieldError.Invalid(FieldPath.Root("key"), key, string.Join("; ", reasons)));
        }

        FieldPath field = FieldPath.Root("values");
        if (CountFault(op, values.Length) is { } fault)
        {
            errors.Add(FieldError.Invalid(field, values, fault));
        }

        for (int i = 0; i < values.Length; i++)
        {
            CheckValue(errors, field.Index(i), key, op, values[i]);
        }

        return errors;
    }

    private static void CheckValue(FieldErrorList errors, FieldPath field, string key, SelectorOperator op, string value)
    {
        if (IsOrdering(op) && !TryInteger(value, out _))
        {
            errors.Add(FieldError.Invalid(field, value, "for 'Gt', 'Lt' operators, the value must be an integer"));
        }

        IReadOnlyList<string> reasons = NameValidation.IsValidLabelValue(value);
        if (reasons.Count > 0)
        {
            errors.Add(FieldError.Invalid(field.Key(key), value, string.Join("; ", reasons)));
        }
    }

    private static string? CountFault(SelectorOperator op, int count) => op switch
    {
        SelectorOperator.In or SelectorOperator.NotIn => count > 0 ? null : "for 'in', 'notin' operators, values set can't be empty",
        SelectorOperator.Exists or SelectorOperator.DoesNotExist =>
            count == 0 ? null : "values set must be empty for exists and does not exist",
        SelectorOperator.GreaterThan or SelectorOperator.LessThan =>
            count == 1 ? null : "for 'Gt', 'Lt' operators, exactly one value is required",
        _ => count == 1 ? null : "exact-match compatibility requires one single value",
    };

    private static bool IsOrdering(SelectorOperator op) => op is SelectorOperator.GreaterThan or SelectorOperator.LessThan;

    private static bool TryInteger(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
