using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>
/// The steps of a field path in their canonical text, the member names of FieldsV1: <c>f:name</c> a field, <c>k:{"key":value}</c> an item
/// of a list by its keys (sorted), <c>v:value</c> an item of a set, <c>i:n</c> an index. Equal steps have equal texts.
/// </summary>
public static class PathKey
{
    // A value may be as deep as an object, and keys hold values.
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 512 };

    /// <summary>The step to a member of an object.</summary>
    public static string Field(string name) => string.Concat("f:", name);

    /// <summary>The step to an item of a set.</summary>
    public static string Value(JsonNode? value)
    {
        var text = new StringBuilder("v:");
        AppendValue(text, value);
        return text.ToString();
    }

    /// <summary>The step to an item of a list by its position.</summary>
    public static string Index(int index) => string.Create(null, $"i:{index}");

    /// <summary>The step to an item of a list by its keys, which the caller gives sorted by name.</summary>
    internal static string Keys(ReadOnlySpan<string> sortedNames, ReadOnlySpan<JsonNode?> values)
    {
        var text = new StringBuilder("k:{");
        for (var i = 0; i < sortedNames.Length; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            GoJsonString.Append(text, sortedNames[i]);
            text.Append(':');
            AppendValue(text, values[i]);
        }

        return text.Append('}').ToString();
    }

    /// <summary>A step as others wrote it, made canonical.</summary>
    /// <returns>False for a kind of step that is not known; such steps are left out of sets.</returns>
    /// <exception cref="FormatException">The step is of a known kind and malformed.</exception>
    internal static bool TryNormalize(string text, out string key)
    {
        key = text;
        if (text.Length < 2 || text[1] != ':')
        {
            throw new FormatException($"missing colon: {GoQuote.Quote(text)} is no path element");
        }

        switch (text[0])
        {
            case 'f':
            case 'v' or 'k' when CanonicalPath.IsCanonical(text):
                return true;
            case 'v':
                key = Value(ParseValue(text));
                return true;
            case 'k':
                key = NormalizeKeys(text);
                return true;
            case 'i':
                return int.TryParse(text.AsSpan(2), out var index) && index >= 0
                    ? true
                    : throw new FormatException($"{GoQuote.Quote(text)} has no index");
            default:
                return false;
        }
    }

    /// <summary>The string that a value is, where it needs no escape.</summary>
    internal static bool TryPlainText(JsonNode? value, out string text)
    {
        text = "";
        return value is JsonValue scalar && scalar.TryGetValue(out text!) && GoJsonString.IsPlain(text);
    }

    /// <summary>Adds a step to the text of a path, as <c>.spec</c>, <c>[name="http"]</c>, <c>[="a"]</c> or <c>[0]</c>.</summary>
    internal static void AppendDisplay(StringBuilder path, string key)
    {
        switch (key[0])
        {
            case 'f':
                path.Append('.').Append(key, 2, key.Length - 2);
                break;
            case 'k':
                path.Append('[');
                AppendDisplayKeys(path, key);
                path.Append(']');
                break;
            case 'v':
                path.Append("[=").Append(DisplayValue(ParseValue(key))).Append(']');
                break;
            default:
                path.Append('[').Append(key, 2, key.Length - 2).Append(']');
                break;
        }
    }

    /// <summary>The step alone.</summary>
    internal static string Display(string key)
    {
        var text = new StringBuilder();
        AppendDisplay(text, key);
        return text.ToString();
    }

    /// <summary>Orders steps by their bytes in UTF-8.</summary>
    internal static int Compare(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        if (same == a.Length || same == b.Length)
        {
            return a.Length - b.Length;
        }

        return Rank(a[same]) - Rank(b[same]);
    }

    internal static bool IsField(string key) => key[0] == 'f';

    // Surrogates are characters beyond those of the upper private area.
    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;

    private static void AppendDisplayKeys(StringBuilder path, string key)
    {
        var first = true;
        foreach (var (name, value) in (JsonObject)ParseValue(key)!)
        {
            path.Append(first ? "" : ",").Append(name).Append('=').Append(DisplayValue(value));
            first = false;
        }
    }

    private static string DisplayValue(JsonNode? value)
    {
        if (value is JsonValue scalar && scalar.TryGetValue<string>(out var text))
        {
            return GoQuote.Quote(text);
        }

        var plain = new StringBuilder();
        AppendValue(plain, value);
        return plain.ToString();
    }

    private static JsonNode? ParseValue(string text)
    {
        try
        {
            return JsonNode.Parse(text[2..], documentOptions: Reading);
        }
        catch (JsonException e)
        {
            throw new FormatException($"{GoQuote.Quote(text)} is no path element", e);
        }
    }

    private static string NormalizeKeys(string text)
    {
        if (ParseValue(text) is not JsonObject map)
        {
            throw new FormatException($"{GoQuote.Quote(text)} holds no keys");
        }

        var names = new string[map.Count];
        var values = new JsonNode?[map.Count];
        var i = 0;
        foreach (var (name, value) in map)
        {
            names[i] = name;
            values[i++] = value;
        }

        Array.Sort(names, values, StringComparer.Ordinal);
        return Keys(names, values);
    }

    private static void AppendValue(StringBuilder text, JsonNode? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject or JsonArray:
                text.Append(Encoding.UTF8.GetString(JsonText.Utf8(value).Span));
                break;
            default:
                AppendScalar(text, value);
                break;
        }
    }

    private static void AppendScalar(StringBuilder text, JsonNode value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                GoJsonString.Append(text, value.GetValue<string>());
                break;
            case JsonValueKind.Number when value.AsValue().TryGetValue<long>(out var whole):
                text.Append(whole);
                break;
            case JsonValueKind.Number when value.AsValue().TryGetValue<double>(out var number) && double.IsFinite(number):
                text.Append(GoFloat.FormatJson(number));
                break;
            default:
                text.Append(value.ToJsonString());
                break;
        }
    }
}
