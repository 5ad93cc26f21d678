namespace KubeFed.ApiServerRuntime.Negotiation;

/// <summary>One clause of an Accept header.</summary>
/// <param name="Type">The type, or <c>*</c>.</param>
/// <param name="Subtype">The subtype, or <c>*</c>.</param>
/// <param name="Quality">0 to 1; the greater is preferred.</param>
/// <param name="Parameters">The others, as <c>as=Table</c>.</param>
internal sealed record MediaRange(string Type, string Subtype, double Quality, IReadOnlyDictionary<string, string> Parameters)
{
    public bool Covers(string type, string subtype) =>
        Type == "*" ? Subtype == "*" : Type == type && (Subtype == "*" || Subtype == subtype);
}
