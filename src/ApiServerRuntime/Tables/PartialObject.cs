using System.Text.Json;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Tables;

/// <summary>Writes PartialObjectMetadata: an object's metadata and nothing else.</summary>
internal static class PartialObject
{
    public static void Write(Utf8JsonWriter json, KubeObject item, string metaVersion)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, "PartialObjectMetadata"u8);
        json.WriteString("apiVersion"u8, metaVersion == "v1" ? "meta.k8s.io/v1"u8 : "meta.k8s.io/v1beta1"u8);
        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(item.TryGetRaw(out ReadOnlyMemory<byte> raw, "metadata") ? raw.Span : "{}"u8, skipInputValidation: true);
        json.WriteEndObject();
    }
}
