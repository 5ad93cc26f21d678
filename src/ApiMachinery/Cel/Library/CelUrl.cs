using System.Buffers;
using System.Globalization;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>An absolute URL, or an absolute path, as requests have them.</summary>
internal sealed record CelUrl(string Text, string Scheme, string Host, string HostName, string Port, string EscapedPath, string RawQuery) : ICelOpaque
{
    private static readonly SearchValues<char> NotInHosts = SearchValues.Create("\"<>\\^`{|}");

    public CelType Type => CelTypes.Url;

    public static CelUrl? Parse(string text)
    {
        if (text.Length == 0 || text.AsSpan().ContainsAnyInRange('\0', ' ') || text.Contains('\u007f') || !EscapesFit(text))
        {
            return null;
        }

        int question = text.IndexOf('?', StringComparison.Ordinal);
        string query = question < 0 ? string.Empty : text[(question + 1)..];
        string rest = question < 0 ? text : text[..question];
        int colon = rest.IndexOf(':', StringComparison.Ordinal);
        string scheme = colon > 0 && IsScheme(rest[..colon]) ? rest[..colon] : string.Empty;
        if (scheme.Length == 0)
        {
            return rest[0] == '/' && !rest.StartsWith("//", StringComparison.Ordinal) ? new CelUrl(text, "", "", "", "", rest, query) : null;
        }

        rest = rest[(colon + 1)..];
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            return rest.StartsWith('/') ? new CelUrl(text, CelText.Lower(scheme), "", "", "", rest, query) : null;
        }

        int slash = rest.IndexOf('/', 2);
        string authority = slash < 0 ? rest[2..] : rest[2..slash];
        string host = authority[(authority.LastIndexOf('@') + 1)..];
        return TryHost(host, out string name, out string port)
            ? new CelUrl(text, CelText.Lower(scheme), host, name, port, slash < 0 ? string.Empty : rest[slash..], query)
            : null;
    }

    public CelDictionary Query()
    {
        var values = new Dictionary<string, List<CelValue>>(StringComparer.Ordinal);
        foreach (string pair in RawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string key = Unescape(equals < 0 ? pair : pair[..equals]);
            if (!values.TryGetValue(key, out List<CelValue>? list))
            {
                values[key] = list = [];
            }

            list.Add(CelValue.String(equals < 0 ? string.Empty : Unescape(pair[(equals + 1)..])));
        }

        var result = new CelDictionary();
        foreach ((string key, List<CelValue> list) in values)
        {
            result.Add(CelValue.String(key), CelValue.List(new CelArray(list)));
        }

        return result;
    }

    public bool Equals(CelUrl? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static bool IsScheme(string text) =>
        char.IsAsciiLetter(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');

    private static bool EscapesFit(string text)
    {
        for (int i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryHost(string host, out string name, out string port)
    {
        int end = host.StartsWith('[') ? host.IndexOf(']', StringComparison.Ordinal) + 1 : host.IndexOf(':', StringComparison.Ordinal);
        end = end < 0 ? host.Length : end;
        name = host[..end].Trim('[', ']');
        port = string.Empty;
        if (host.StartsWith('[') && end == 0)
        {
            return false;
        }

        if (end == host.Length)
        {
            return !host.AsSpan().ContainsAny(NotInHosts);
        }

        port = host[(end + 1)..];
        return host[end] == ':' && (port.Length == 0 || int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }
}
