using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.ApiMachinery.Validation;

/// <summary>A refused value in the form in which a message shows it: strings quoted, numbers and booleans bare, all else as JSON.</summary>
public readonly record struct FieldValue
{
    private FieldValue(string text) => Text = text;

    /// <summary>The text; null if the message leaves the value out.</summary>
    public string? Text { get; }

    /// <summary>No value: the message leaves it out.</summary>
    public static FieldValue Omitted => default;

    /// <summary>A string; null counts as empty.</summary>
    public static implicit operator FieldValue(string? value) => From(value);

    /// <summary>An integer.</summary>
    public static implicit operator FieldValue(long value) => From(value);

    /// <summary>A boolean.</summary>
    public static implicit operator FieldValue(bool value) => From(value);

    /// <summary>A list of strings.</summary>
    public static implicit operator FieldValue(string[] value) => From(value);

    /// <summary>A string; null counts as empty.</summary>
    public static FieldValue From(string? value) => new(GoQuote.Quote(value ?? string.Empty));

    /// <summary>An integer.</summary>
    public static FieldValue From(long value) => new(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A boolean.</summary>
    public static FieldValue From(bool value) => new(value ? "true" : "false");

    /// <summary>A list of strings, shown as JSON.</summary>
    public static FieldValue From(IEnumerable<string> values) => new(Json(new JsonArray([.. values.Select(static v => JsonValue.Create(v))])));

    /// <summary>Any JSON; a string is quoted as a string.</summary>
    public static FieldValue From(JsonNode? value) =>
        value is JsonValue scalar && scalar.TryGetValue(out string? text) ? From(text) : new FieldValue(Json(value));

    /// <summary>A text that is shown as it is.</summary>
    internal static FieldValue Verbatim(string text) => new(text);

    private static string Json(JsonNode? value) => System.Text.Encoding.UTF8.GetString(JsonText.Utf8(value).Span);
}
