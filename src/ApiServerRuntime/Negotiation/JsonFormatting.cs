using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Yaml;

namespace KubeFed.ApiServerRuntime.Negotiation;

/// <summary>The forms in which JSON is written.</summary>
internal static class JsonFormatting
{
    private const int MaxDepth = 1024;

    /// <summary>Without white space; characters beyond ASCII as they are.</summary>
    public static JsonWriterOptions Compact { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
        SkipValidation = true,
    };

    private static JsonWriterOptions Indented { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
        Indented = true,
        NewLine = "\n",
    };

    /// <summary>Writes compact JSON in the form that the client wants, with a final newline.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlyMemory<byte> json, ResponseFormat format)
    {
        if (format.Yaml)
        {
            string yaml = KubeYaml.Write(JsonNode.Parse(json.Span, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth }));
            Encoding.UTF8.GetBytes(yaml, output);
            return;
        }

        if (format.Pretty)
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            using var writer = new Utf8JsonWriter(output, Indented);
            document.WriteTo(writer);
        }
        else
        {
            output.Write(json.Span);
        }

        output.Write("\n"u8);
    }
}
