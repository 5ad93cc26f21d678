using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>Reads a number or a string with a number or a percentage.</summary>
internal sealed class IntOrPercentJsonConverter : JsonConverter<IntOrPercent>
{
    public override IntOrPercent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number))
        {
            return new IntOrPercent(number, IsPercent: false);
        }

        return reader.TokenType == JsonTokenType.String && IntOrPercent.TryParse(reader.GetString(), out var value)
            ? value
            : throw new JsonException("neither a number nor a percentage");
    }

    public override void Write(Utf8JsonWriter writer, IntOrPercent value, JsonSerializerOptions options)
    {
        if (value.IsPercent)
        {
            writer.WriteStringValue(value.ToString());
        }
        else
        {
            writer.WriteNumberValue(value.Value);
        }
    }
}
