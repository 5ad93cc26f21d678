using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeFed.ApiMachinery.Objects;

/// <summary>meta/v1 MicroTime: RFC 3339 with exactly six decimals, written in UTC; the server refuses any other count.</summary>
public sealed class MicroTimestampJsonConverter : JsonConverter<DateTimeOffset?>
{
    private static readonly TimestampJsonConverter Reader = new();

    /// <inheritdoc/>
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Reader.Read(ref reader, typeToConvert, options);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStringValue(value.Value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
    }
}
