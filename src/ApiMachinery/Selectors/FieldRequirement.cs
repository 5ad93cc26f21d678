namespace KubeFed.ApiMachinery.Selectors;

/// <summary>One condition on a field.</summary>
/// <param name="Field">The field, as <c>metadata.name</c>.</param>
/// <param name="Equal">Whether the field must have the value, or must not.</param>
/// <param name="Value">The value, unescaped.</param>
public sealed record FieldRequirement(string Field, bool Equal, string Value)
{
    /// <summary>The condition in the selector grammar.</summary>
    public override string ToString() => $"{Field}{(Equal ? "=" : "!=")}{FieldSelector.Escape(Value)}";
}
