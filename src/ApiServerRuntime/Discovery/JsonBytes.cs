using System.Text.Json;
using KubeFed.ApiServerRuntime.Negotiation;

namespace KubeFed.ApiServerRuntime.Discovery;

/// <summary>Writes small documents to bytes of their own.</summary>
internal static class JsonBytes
{
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new PooledBuffer();
        using (var json = new Utf8JsonWriter(buffer, JsonFormatting.Compact))
        {
            write(json);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes a list of strings; an empty one only when it is always there.</summary>
    public static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> values, bool always = false)
    {
        if (values.Count == 0 && !always)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
