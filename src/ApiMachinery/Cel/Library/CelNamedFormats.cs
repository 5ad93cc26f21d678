using KubeFed.ApiMachinery.Cel.Checking;
using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Values;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>The formats of names in Kubernetes, as <c>format.dns1123Label().validate(self.name)</c>.</summary>
internal static class CelNamedFormats
{
    private static readonly CelNamedFormat[] All =
    [
        new("dns1123Label", NameValidation.IsDns1123Label),
        new("dns1123Subdomain", NameValidation.IsDns1123Subdomain),
        new("dns1035Label", NameValidation.IsDns1035Label),
        new("qualifiedName", NameValidation.IsQualifiedName),
        new("labelValue", NameValidation.IsValidLabelValue),
        new("dns1123LabelPrefix", static s => NameValidation.IsDns1123Label(Completed(s))),
        new("dns1123SubdomainPrefix", static s => NameValidation.IsDns1123Subdomain(Completed(s))),
        new("dns1035LabelPrefix", static s => NameValidation.IsDns1035Label(Completed(s))),
        new("uri", static s => Unless(CelUrl.Parse(s) is not null, "invalid URI")),
        new("uuid", static s => Unless(Guid.TryParseExact(s, "D", out _), "does not match the UUID format")),
        new("byte", static s => Unless(Convert.TryFromBase64String(s, new byte[s.Length], out _), "invalid base64")),
        new("date", static s => Unless(s.Length == 10 && CelTimestamp.TryParse(s + "T00:00:00Z", out _), "invalid date")),
        new("datetime", static s => Unless(CelTimestamp.TryParse(s, out _), "invalid datetime")),
    ];

    public static void Register(CelLibrary library)
    {
        foreach (CelNamedFormat format in All)
        {
            CelValue value = CelValue.Opaque(format);
            library.Function("format." + format.Name, (_, _) => value, "-> format");
        }

        library.Function("format.named", Named, "string -> optional<format>");
        library.CostedMethod("validate", Validate, "format, string -> optional<list<string>>");
    }

    private static CelValue Named(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        string name = a[0].AsString;
        CelNamedFormat? format = Array.Find(All, f => f.Name == name);
        return format is null ? CelValue.Optional(CelOptional.None) : CelOptional.Of(CelValue.Opaque(format));
    }

    private static CelValue Validate(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        frame.ChargeTraversal(a[1].AsString.Length);
        IReadOnlyList<string> reasons = ((CelNamedFormat)a[0].AsOpaque).Reasons(a[1].AsString);
        return reasons.Count == 0
            ? CelValue.Optional(CelOptional.None)
            : CelOptional.Of(CelValue.List(new CelArray([.. reasons.Select(CelValue.String)])));
    }

    private static string Completed(string prefix) => prefix.EndsWith('-') ? prefix + "a" : prefix;

    private static IReadOnlyList<string> Unless(bool fits, string reason) => fits ? [] : [reason];
}
