using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeFed.FederationApis.Scheduling.V1Alpha1;

/// <summary>An int-or-string.</summary>
internal sealed class ReplicaShareJsonConverter : JsonConverter<ReplicaShare>
{
    public override ReplicaShare Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt32(out var replicas) => ReplicaShare.Of(replicas),
        JsonTokenType.String when ReplicaShare.TryParsePercent(reader.GetString(), out var share) => share,
        _ => throw new JsonException("a share must be a number of replicas, or a percentage such as 25%"),
    };

    public override void Write(Utf8JsonWriter writer, ReplicaShare value, JsonSerializerOptions options)
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
