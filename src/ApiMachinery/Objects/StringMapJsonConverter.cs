using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeFed.ApiMachinery.Objects;

/// <summary>JSON of <see cref="StringMap"/>: an object of strings; null reads as no pairs, a null value as the empty string.</summary>
public sealed class StringMapJsonConverter : JsonConverter<StringMap>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override StringMap Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return StringMap.Empty;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"expected a map of strings, found {Describe(reader.TokenType)}");
        }

        var pairs = new List<KeyValuePair<string, string>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = StringPool.Read(ref reader)!;
            reader.Read();
            var value = reader.TokenType switch
            {
                JsonTokenType.String => StringPool.Read(ref reader)!,
                JsonTokenType.Null => "",
                _ => throw new JsonException($"the value of \"{key}\" must be a string, found {Describe(reader.TokenType)}"),
            };
            pairs.Add(new(key, value));
        }

        return StringMap.From(pairs);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, StringMap value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, text) in value)
        {
            writer.WriteString(key, text);
        }

        writer.WriteEndObject();
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.String => "a string",
        _ => "null",
    };
}
