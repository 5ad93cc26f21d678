using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>What tells an entry of managedFields from the others. An applier is the same whatever version it applies in.</summary>
/// <param name="Manager">The field manager's name.</param>
/// <param name="Applies">Whether the operation is Apply, not Update.</param>
/// <param name="ApiVersion">The API version; empty for an applier.</param>
/// <param name="Subresource">The subresource written through, or empty.</param>
internal readonly record struct FieldOwner(string Manager, bool Applies, string ApiVersion, string Subresource) : IComparable<FieldOwner>
{
    public static FieldOwner Of(string manager, bool applies, string apiVersion, string? subresource) =>
        new(manager.Length == 0 ? "unknown" : manager, applies, applies ? "" : apiVersion, subresource ?? "");

    public int CompareTo(FieldOwner other)
    {
        var order = string.CompareOrdinal(Manager, other.Manager);
        order = order != 0 ? order : Applies.CompareTo(other.Applies) * -1;
        order = order != 0 ? order : string.CompareOrdinal(ApiVersion, other.ApiVersion);
        return order != 0 ? order : string.CompareOrdinal(Subresource, other.Subresource);
    }

    /// <summary>As conflicts name it.</summary>
    public string Describe()
    {
        var text = GoQuote.Quote(Manager);
        if (Subresource.Length > 0)
        {
            text += $" with subresource {GoQuote.Quote(Subresource)}";
        }

        return Applies ? text : $"{text} using {ApiVersion}";
    }
}
