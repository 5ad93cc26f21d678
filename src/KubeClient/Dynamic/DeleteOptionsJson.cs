using System.Text.Json;
using KubeFed.ApiMachinery.Meta;

namespace KubeFed.KubeClient.Dynamic;

/// <summary>Writes the body of a deletion.</summary>
internal static class DeleteOptionsJson
{
    public static ReadOnlyMemory<byte>? Write(DeleteOptions? options)
    {
        if (options is null || options == new DeleteOptions())
        {
            return null;
        }

        using var buffer = new MemoryStream(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, options);
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, DeleteOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("apiVersion"u8, "v1"u8);
        writer.WriteString("kind"u8, "DeleteOptions"u8);
        if (options.GracePeriodSeconds is { } grace)
        {
            writer.WriteNumber("gracePeriodSeconds"u8, grace);
        }

        if (options.PropagationPolicy != PropagationPolicy.Unset)
        {
            writer.WriteString("propagationPolicy"u8, options.PropagationPolicy.ToString());
        }

        WritePreconditions(writer, options);
        if (options.DryRun)
        {
            writer.WriteStartArray("dryRun"u8);
            writer.WriteStringValue("All"u8);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WritePreconditions(Utf8JsonWriter writer, DeleteOptions options)
    {
        if (options.PreconditionUid is null && options.PreconditionResourceVersion is null)
        {
            return;
        }

        writer.WriteStartObject("preconditions"u8);
        if (options.PreconditionUid is { } uid)
        {
            writer.WriteString("uid"u8, uid);
        }

        if (options.PreconditionResourceVersion is { } version)
        {
            writer.WriteString("resourceVersion"u8, version);
        }

        writer.WriteEndObject();
    }
}
