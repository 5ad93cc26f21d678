using System.Text.Json;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Negotiation;

namespace KubeFed.ApiServerRuntime.Tables;

/// <summary>Writes Tables: the columns once, then a row for each object.</summary>
internal sealed class TableWriter(TableLayout layout, IncludeObject include, string metaVersion, TimeProvider time)
{
    private readonly DateTimeOffset _now = time.GetUtcNow();

    /// <summary>A Table of objects.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="items">The objects.</param>
    /// <param name="list">The list that they are of, for its metadata; null for a single object, which gives its own version.</param>
    /// <param name="columns">Whether the column definitions are written.</param>
    public void Write(System.Buffers.IBufferWriter<byte> output, IReadOnlyList<KubeObject> items, KubeObjectList? list, bool columns)
    {
        using var json = new Utf8JsonWriter(output, JsonFormatting.Compact);
        json.WriteStartObject();
        json.WriteString("kind"u8, "Table"u8);
        json.WriteString("apiVersion"u8, $"meta.k8s.io/{metaVersion}");
        json.WritePropertyName("metadata"u8);
        ListMetadata.Write(json, list?.ResourceVersion ?? items[0].Metadata.ResourceVersion, list?.Continue, list?.RemainingItemCount);
        json.WritePropertyName("columnDefinitions"u8);
        json.WriteRawValue(columns ? layout.Columns : "[]"u8, skipInputValidation: true);
        json.WriteStartArray("rows"u8);
        foreach (KubeObject item in items)
        {
            WriteRow(json, item);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteRow(Utf8JsonWriter json, KubeObject item)
    {
        json.WriteStartObject();
        json.WritePropertyName("cells"u8);
        layout.WriteCells(json, item, _now);
        json.WritePropertyName("object"u8);
        switch (include)
        {
            case IncludeObject.Object:
                json.WriteRawValue(item.Utf8Json.Span, skipInputValidation: true);
                break;
            case IncludeObject.Metadata:
                PartialObject.Write(json, item, metaVersion);
                break;
            default:
                json.WriteNullValue();
                break;
        }

        json.WriteEndObject();
    }
}
