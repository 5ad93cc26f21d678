using System.Text.Json;

namespace KubeFed.ApiServerRuntime.Tables;

/// <summary>Writes the metadata of typed lists (meta/v1 ListMeta).</summary>
internal static class ListMetadata
{
    public static void Write(Utf8JsonWriter json, string? resourceVersion, string? continueToken, long? remaining)
    {
        json.WriteStartObject();
        if (!string.IsNullOrEmpty(resourceVersion))
        {
            json.WriteString("resourceVersion"u8, resourceVersion);
        }

        if (!string.IsNullOrEmpty(continueToken))
        {
            json.WriteString("continue"u8, continueToken);
        }

        if (remaining is { } count)
        {
            json.WriteNumber("remainingItemCount"u8, count);
        }

        json.WriteEndObject();
    }
}
