using System.Collections;
using KubeFed.ApiMachinery.Errors;

namespace KubeFed.ApiMachinery.Validation;

/// <summary>All that is wrong with an object, in the order found. Not thread-safe.</summary>
public sealed class FieldErrorList : IReadOnlyList<FieldError>
{
    private readonly List<FieldError> _errors = [];

    /// <inheritdoc/>
    public int Count => _errors.Count;

    /// <inheritdoc/>
    public FieldError this[int index] => _errors[index];

    /// <summary>Adds an error.</summary>
    public void Add(FieldError error) => _errors.Add(error);

    /// <summary>Adds errors.</summary>
    public void AddRange(IEnumerable<FieldError> errors) => _errors.AddRange(errors);

    /// <summary>The errors as causes of a Status.</summary>
    public IReadOnlyList<StatusCause> ToCauses() => [.. _errors.Select(static e => e.ToCause())];

    /// <inheritdoc/>
    public IEnumerator<FieldError> GetEnumerator() => _errors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>One message, or several as <c>[a, b]</c> with repetitions left out; empty without errors.</summary>
    public override string ToString()
    {
        string[] messages = [.. _errors.Select(static e => e.ToString()).Distinct(StringComparer.Ordinal)];
        return messages.Length > 1 ? $"[{string.Join(", ", messages)}]" : string.Concat(messages);
    }
}
