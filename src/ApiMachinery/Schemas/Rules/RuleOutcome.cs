using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas.Rules;

/// <summary>What the rules of a schema say of an object.</summary>
/// <param name="Errors">What is refused; empty for a valid object.</param>
/// <param name="Warnings">What would be refused, were it not unchanged by the update.</param>
public sealed record RuleOutcome(FieldErrorList Errors, IReadOnlyList<string> Warnings)
{
    /// <summary>Whether nothing is refused.</summary>
    public bool IsValid => Errors.Count == 0;
}
