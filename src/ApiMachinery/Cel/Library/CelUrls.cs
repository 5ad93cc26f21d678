using KubeFed.ApiMachinery.Cel.Checking;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>URLs, as <c>url('https://example.com/path')</c>.</summary>
internal static class CelUrls
{
    public static void Register(CelLibrary library)
    {
        library.CostedFunction("url", static (f, a) => CelStrings.Traversed(f, a[0], Parse(a[0].AsString)), "string -> url");
        library.CostedFunction("isURL", static (f, a) => CelStrings.Traversed(f, a[0], CelValue.Bool(CelUrl.Parse(a[0].AsString) is not null)), "string -> bool");
        library.Method("getScheme", static (_, a) => CelValue.String(Of(a[0]).Scheme), "url -> string");
        library.Method("getHost", static (_, a) => CelValue.String(Of(a[0]).Host), "url -> string");
        library.Method("getHostname", static (_, a) => CelValue.String(Of(a[0]).HostName), "url -> string");
        library.Method("getPort", static (_, a) => CelValue.String(Of(a[0]).Port), "url -> string");
        library.Method("getEscapedPath", static (_, a) => CelValue.String(Of(a[0]).EscapedPath), "url -> string");
        library.Method("getQuery", static (_, a) => CelValue.Map(Of(a[0]).Query()), "url -> map<string, list<string>>");
    }

    private static CelUrl Of(in CelValue value) => (CelUrl)value.AsOpaque;

    private static CelValue Parse(string text) => CelUrl.Parse(text) is { } url
        ? CelValue.Opaque(url)
        : CelValue.Error($"URL parse error during conversion from string: parse {Validation.GoQuote.Quote(text)}: invalid URI for request");
}
