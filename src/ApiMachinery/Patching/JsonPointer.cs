using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Patching;

/// <summary>The place of a value in a JSON document, by RFC 6901: <c>/spec/ports/0/name</c>. Immutable.</summary>
public sealed class JsonPointer : IEquatable<JsonPointer>
{
    private readonly string[] _tokens;

    private JsonPointer(string[] tokens) => _tokens = tokens;

    /// <summary>The whole document.</summary>
    public static JsonPointer Root { get; } = new([]);

    /// <summary>The names and indices on the way, unescaped.</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>Whether this is the whole document.</summary>
    public bool IsRoot => _tokens.Length == 0;

    /// <summary>The last name or index.</summary>
    /// <exception cref="InvalidOperationException">This is the whole document.</exception>
    public string Last => IsRoot ? throw new InvalidOperationException("The whole document has no name.") : _tokens[^1];

    /// <summary>The pointer of unescaped names and indices.</summary>
    public static JsonPointer Of(params IEnumerable<string> tokens) => new([.. tokens]);

    /// <summary>Reads a pointer.</summary>
    /// <exception cref="FormatException">The text is not a pointer.</exception>
    public static JsonPointer Parse(string text) => TryParse(text, out JsonPointer? pointer, out string reason) ? pointer : throw new FormatException(reason);

    /// <summary>Reads a pointer, or gives the reason why the text is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPointer? pointer, out string reason)
    {
        pointer = null;
        reason = text.Length > 0 && text[0] != '/' ? $"the path \"{text}\" must begin with '/'" : BadEscape(text);
        if (reason.Length > 0)
        {
            return false;
        }

        pointer = text.Length == 0 ? Root : new JsonPointer([.. text[1..].Split('/').Select(Unescape)]);
        return true;
    }

    /// <summary>Whether <paramref name="other"/> lies below this place.</summary>
    public bool Contains(JsonPointer other) =>
        other._tokens.Length > _tokens.Length && other._tokens.AsSpan(0, _tokens.Length).SequenceEqual(_tokens);

    /// <summary>The place of a member or item of the value here.</summary>
    public JsonPointer Child(string token) => new([.. _tokens, token]);

    /// <summary>The value at this place; false if there is none. An existing <c>null</c> is a value.</summary>
    public bool TryGet(JsonNode? document, out JsonNode? value)
    {
        value = document;
        foreach (string token in _tokens)
        {
            bool found = value switch
            {
                JsonObject map => map.TryGetPropertyValue(token, out value),
                JsonArray list when TryIndex(token, out int index) && index < list.Count => Take(list, index, out value),
                _ => false,
            };
            if (!found)
            {
                value = null;
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Equals(JsonPointer? other) => other is not null && _tokens.AsSpan().SequenceEqual(other._tokens);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as JsonPointer);

    /// <inheritdoc/>
    public override int GetHashCode() => _tokens.Aggregate(0, HashCode.Combine);

    /// <summary>The pointer's text.</summary>
    public override string ToString() => Format(_tokens);

    /// <summary>The text of the first <paramref name="count"/> steps.</summary>
    internal string Prefix(int count) => Format(_tokens.AsSpan(0, count));

    /// <summary>Reads an index of a list: digits without sign or leading zero.</summary>
    internal static bool TryIndex(string token, out int index)
    {
        index = -1;
        bool digits = token.Length > 0 && !token.AsSpan().ContainsAnyExceptInRange('0', '9') && (token.Length == 1 || token[0] != '0');
        if (digits && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out index))
        {
            index = int.MaxValue;
        }

        return digits;
    }

    private static string Format(ReadOnlySpan<string> tokens)
    {
        var text = new System.Text.StringBuilder();
        foreach (string token in tokens)
        {
            text.Append('/').Append(token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        return text.ToString();
    }

    private static bool Take(JsonArray list, int index, out JsonNode? value)
    {
        value = list[index];
        return true;
    }

    private static string Unescape(string token) =>
        token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static string BadEscape(string text)
    {
        for (int at = text.IndexOf('~', StringComparison.Ordinal); at >= 0; at = text.IndexOf('~', at + 1))
        {
            if (at + 1 == text.Length || text[at + 1] is not ('0' or '1'))
            {
                return $"the path \"{text}\" has a '~' that is not '~0' (for '~') or '~1' (for '/')";
            }
        }

        return string.Empty;
    }
}
