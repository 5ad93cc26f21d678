using System.Buffers;
using System.Text.Json;
using KubeFed.ApiMachinery.Errors;

namespace KubeFed.ApiServerRuntime.Negotiation;

/// <summary>Writes a Status with the members and the order of kube-apiserver's.</summary>
internal static class StatusJson
{
    public static void Write(IBufferWriter<byte> output, Status status)
    {
        using var json = new Utf8JsonWriter(output, JsonFormatting.Compact);
        json.WriteStartObject();
        json.WriteString("kind"u8, "Status"u8);
        json.WriteString("apiVersion"u8, "v1"u8);
        json.WriteStartObject("metadata"u8);
        WriteIfSet(json, "continue"u8, status.Metadata.Continue);
        json.WriteEndObject();
        WriteIfSet(json, "status"u8, status.Outcome);
        WriteIfSet(json, "message"u8, status.Message);
        WriteIfSet(json, "reason"u8, status.Reason);
        if (status.Details is { } details)
        {
            WriteDetails(json, details);
        }

        if (status.Code != 0)
        {
            json.WriteNumber("code"u8, status.Code);
        }

        json.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter json, StatusDetails details)
    {
        json.WriteStartObject("details"u8);
        WriteIfSet(json, "name"u8, details.Name);
        WriteIfSet(json, "group"u8, details.Group);
        WriteIfSet(json, "kind"u8, details.Kind);
        WriteIfSet(json, "uid"u8, details.Uid);
        if (details.Causes is { Count: > 0 } causes)
        {
            json.WriteStartArray("causes"u8);
            foreach (StatusCause cause in causes)
            {
                json.WriteStartObject();
                WriteIfSet(json, "reason"u8, cause.Reason);
                WriteIfSet(json, "message"u8, cause.Message);
                WriteIfSet(json, "field"u8, cause.Field);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (details.RetryAfterSeconds is > 0 and int seconds)
        {
            json.WriteNumber("retryAfterSeconds"u8, seconds);
        }

        json.WriteEndObject();
    }

    private static void WriteIfSet(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }
}
