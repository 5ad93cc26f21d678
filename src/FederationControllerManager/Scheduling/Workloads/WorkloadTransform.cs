using System.Text.Json;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Informers;

namespace KubeFed.FederationControllerManager.Scheduling.Workloads;

/// <summary>Drops of a member's object what scheduling does not need: its pod template, and what the metadata can do without.</summary>
internal static class WorkloadTransform
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = KubeObject.MaxDepth };
    private static readonly JsonWriterOptions WriterOptions = new() { SkipValidation = true, MaxDepth = KubeObject.MaxDepth };

    /// <summary>Keeps identity, <c>spec</c> without <c>template</c>, and <c>status</c> without conditions.</summary>
    public static KubeObject Essentials(KubeObject value)
    {
        var metadata = InformerTransforms.MetadataEssentials(value);
        using var buffer = new MemoryStream(512);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            CopyMembers(writer, metadata.Utf8Json.Span, except: "");
            CopyPart(writer, value, "spec", except: "template");
            CopyPart(writer, value, "status", except: "conditions");
            writer.WriteEndObject();
        }

        return KubeObject.Parse(buffer.ToArray());
    }

    private static void CopyPart(Utf8JsonWriter writer, KubeObject value, string part, string except)
    {
        if (!value.TryGetRaw(out var raw, part) || raw.Span[0] != (byte)'{')
        {
            return;
        }

        writer.WritePropertyName(part);
        writer.WriteStartObject();
        CopyMembers(writer, raw.Span, except);
        writer.WriteEndObject();
    }

    private static void CopyMembers(Utf8JsonWriter writer, ReadOnlySpan<byte> json, string except)
    {
        var reader = new Utf8JsonReader(json, ReaderOptions);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (name != except)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(json[start..(int)reader.BytesConsumed], skipInputValidation: true);
            }
        }
    }
}
