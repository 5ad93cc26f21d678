using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeFed.FederationApis.Serialization;

/// <summary>meta/v1 Duration: a string in <see cref="GoDuration"/>'s notation; null reads as not set.</summary>
public sealed class DurationJsonConverter : JsonConverter<TimeSpan?>
{
    /// <inheritdoc/>
    public override TimeSpan? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String when GoDuration.TryParse(reader.GetString(), out var duration) => duration,
        _ => throw new JsonException("a duration must be a string such as 20s or 1m30s"),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeSpan? value, JsonSerializerOptions options)
    {
        if (value is { } duration)
        {
            writer.WriteStringValue(GoDuration.Format(duration));
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
