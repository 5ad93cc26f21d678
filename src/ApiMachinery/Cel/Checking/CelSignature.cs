using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Checking;

/// <summary>Reads signatures as the tables of functions write them: <c>list&lt;A&gt;, int -> A</c>.</summary>
internal static class CelSignature
{
    private static readonly Dictionary<string, CelType> Names = new(StringComparer.Ordinal)
    {
        ["dyn"] = CelType.Dynamic,
        ["null"] = CelType.Null,
        ["bool"] = CelType.Bool,
        ["int"] = CelType.Int,
        ["uint"] = CelType.Uint,
        ["double"] = CelType.Double,
        ["string"] = CelType.String,
        ["bytes"] = CelType.Bytes,
        ["duration"] = CelType.Duration,
        ["timestamp"] = CelType.Timestamp,
        ["type"] = CelType.Type,
        ["A"] = CelType.ParameterOf("A"),
        ["B"] = CelType.ParameterOf("B"),
        ["url"] = CelTypes.Url,
        ["quantity"] = CelTypes.Quantity,
        ["ip"] = CelTypes.Ip,
        ["cidr"] = CelTypes.Cidr,
        ["semver"] = CelTypes.Semver,
        ["format"] = CelTypes.NamedFormat,
    };

    public static (CelType[] Parameters, CelType Result) Parse(string text)
    {
        int arrow = text.IndexOf("->", StringComparison.Ordinal);
        int at = 0;
        var parameters = new List<CelType>();
        string list = text[..arrow].Trim();
        while (at < list.Length)
        {
            parameters.Add(Type(list, ref at));
            at += at < list.Length ? 2 : 0;
        }

        at = 0;
        return ([.. parameters], Type(text[(arrow + 2)..].Trim(), ref at));
    }

    private static CelType Type(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiLetter(text[at]))
        {
            at++;
        }

        string name = text[start..at];
        if (at == text.Length || text[at] != '<')
        {
            return Names[name];
        }

        at++;
        CelType first = Type(text, ref at);
        CelType second = first;
        if (text[at] == ',')
        {
            at += 2;
            second = Type(text, ref at);
        }

        at++;
        return name switch
        {
            "list" => CelType.ListOf(first),
            "map" => CelType.MapOf(first, second),
            _ => CelType.OptionalOf(first),
        };
    }
}
