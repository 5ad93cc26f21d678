using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Trees to the one text that equal trees have: compact, members sorted by name, numbers as Go prints them.</summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = KubeObject.MaxDepth * 2,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? s_writer;

    /// <summary>The text as a fresh array.</summary>
    /// <exception cref="StatusException">400: the tree is too deep, or a string in it is no Unicode text.</exception>
    public static byte[] Encode(JsonNode root) => Encode(root, static (writer, root) => Write(writer, root));

    /// <summary>The text of some of an object's members, by their names, in the order that they have.</summary>
    /// <exception cref="StatusException">400: the tree is too deep, or a string in it is no Unicode text.</exception>
    public static byte[] Encode(JsonObject root, Func<string, bool> includes) => Encode((root, includes), static (writer, what) =>
    {
        writer.WriteStartObject();
        foreach (var (name, value) in what.root)
        {
            if (what.includes(name))
            {
                writer.WritePropertyName(name);
                Write(writer, value);
            }
        }

        writer.WriteEndObject();
    });

    private static byte[] Encode<T>(T what, Action<Utf8JsonWriter, T> write)
    {
        var buffer = s_buffer ??= new ArrayBufferWriter<byte>(4096);
        var writer = s_writer ??= new Utf8JsonWriter(buffer, Options);
        try
        {
            write(writer, what);
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new StatusException(StatusErrors.BadRequest($"the object cannot be written as JSON: {e.Message}").Status, e);
        }
        finally
        {
            buffer.ResetWrittenCount();
            writer.Reset(buffer);
            if (buffer.Capacity > 1024 * 1024)
            {
                s_buffer = null;
                s_writer = null;
            }
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject map:
                WriteObject(writer, map);
                break;
            case JsonArray list:
                writer.WriteStartArray();
                for (int i = 0; i < list.Count; i++)
                {
                    Write(writer, list[i]);
                }

                writer.WriteEndArray();
                break;
            default:
                WriteScalar(writer, (JsonValue)node);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonObject map)
    {
        writer.WriteStartObject();
        if (IsSorted(map))
        {
            foreach (var (name, value) in map)
            {
                writer.WritePropertyName(name);
                Write(writer, value);
            }
        }
        else
        {
            WriteSorted(writer, map);
        }

        writer.WriteEndObject();
    }

    private static void WriteSorted(Utf8JsonWriter writer, JsonObject map)
    {
        var members = ArrayPool<KeyValuePair<string, JsonNode?>>.Shared.Rent(map.Count);
        int count = 0;
        foreach (var member in map)
        {
            members[count++] = member;
        }

        var sorted = members.AsSpan(0, count);
        sorted.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        foreach (var (name, value) in sorted)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        ArrayPool<KeyValuePair<string, JsonNode?>>.Shared.Return(members, clearArray: true);
    }

    private static bool IsSorted(JsonObject map)
    {
        string? previous = null;
        foreach (var (name, _) in map)
        {
            if (previous is not null && string.CompareOrdinal(previous, name) > 0)
            {
                return false;
            }

            previous = name;
        }

        return true;
    }

    private static void WriteScalar(Utf8JsonWriter writer, JsonValue value)
    {
        if (value.GetValueKind() != JsonValueKind.Number)
        {
            value.WriteTo(writer);
        }
        else if (value.TryGetValue(out JsonElement element))
        {
            WriteNumber(writer, element);
        }
        else if (value.TryGetValue(out double number) && !value.TryGetValue(out long _))
        {
            writer.WriteRawValue(GoFloat.FormatJson(number), skipInputValidation: true);
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        bool isInteger = raw.IndexOfAny("."u8[0], "e"u8[0], "E"u8[0]) < 0 && (raw.Length < 19 || element.TryGetInt64(out _));
        if (isInteger || !double.IsFinite(element.GetDouble()))
        {
            writer.WriteRawValue(raw, skipInputValidation: true);
        }
        else
        {
            writer.WriteRawValue(GoFloat.FormatJson(element.GetDouble()), skipInputValidation: true);
        }
    }
}
