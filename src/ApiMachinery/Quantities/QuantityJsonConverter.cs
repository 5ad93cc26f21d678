using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeFed.ApiMachinery.Quantities;

/// <summary>Quantities in JSON: written as a string, read from a string or a number.</summary>
public sealed class QuantityJsonConverter : JsonConverter<Quantity>
{
    /// <inheritdoc/>
    public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!.Trim(),
            JsonTokenType.Number => reader.HasValueSequence
                ? Encoding.UTF8.GetString(reader.ValueSequence)
                : Encoding.UTF8.GetString(reader.ValueSpan),
            _ => throw new JsonException("a quantity is a string or a number"),
        };
        return Quantity.TryParse(text, out Quantity quantity, out string reason) ? quantity : throw new JsonException(reason);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
