using System.Buffers;
using System.Globalization;
using System.Text.Json;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ControllerRuntime.Events;

/// <summary>The parts of event documents that both dialects share.</summary>
internal static class EventJson
{
    public const int MaxWordBytes = 128;
    public const int MaxMessageBytes = 1024;

    public static KubeObject Object(Action<Utf8JsonWriter> writeFields) => KubeObject.Parse(Document(writeFields));

    public static Patch MergePatch(Action<Utf8JsonWriter> writeFields) => new(PatchType.Merge, Document(writeFields));

    public static void WriteHead(Utf8JsonWriter writer, string apiVersion, string @namespace, string name)
    {
        writer.WriteString("apiVersion", apiVersion);
        writer.WriteString("kind", "Event");
        writer.WriteStartObject("metadata");
        writer.WriteString("namespace", @namespace);
        writer.WriteString("name", name);
        writer.WriteEndObject();
    }

    public static void WriteReference(Utf8JsonWriter writer, string field, ObjectReference reference)
    {
        writer.WriteStartObject(field);
        writer.WriteString("apiVersion", reference.ApiVersion);
        writer.WriteString("kind", reference.Kind);
        WriteIfSet(writer, "namespace", reference.Namespace);
        writer.WriteString("name", reference.Name);
        WriteIfSet(writer, "uid", reference.Uid);
        WriteIfSet(writer, "resourceVersion", reference.ResourceVersion);
        writer.WriteEndObject();
    }

    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string MicroTime(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static ReadOnlyMemory<byte> Document(Action<Utf8JsonWriter> writeFields)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writeFields(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteIfSet(Utf8JsonWriter writer, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(name, value);
        }
    }
}
