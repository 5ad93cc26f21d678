using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.FederationCore.Versions;

/// <summary>
/// JSON byte for byte as Go's encoding/json writes decoded values: compact, keys sorted bytewise, floats in Go's
/// notation, and &lt;, &gt;, &amp;, U+2028 and U+2029 escaped.
/// </summary>
internal static class GoJson
{
    private static readonly SearchValues<byte> Special = SearchValues.Create(SpecialBytes());

    public static void Write(JsonElement value, IBufferWriter<byte> output, bool floatsOnly)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, output, floatsOnly);
                break;
            case JsonValueKind.Array:
                WriteArray(value, output, floatsOnly);
                break;
            case JsonValueKind.String:
                WriteString(Text(value), output);
                break;
            case JsonValueKind.Number:
                WriteNumber(value, output, floatsOnly);
                break;
            case JsonValueKind.True:
                output.Write("true"u8);
                break;
            case JsonValueKind.False:
                output.Write("false"u8);
                break;
            default:
                output.Write("null"u8);
                break;
        }
    }

    public static void WriteString(string text, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        var rest = (ReadOnlySpan<byte>)Encoding.UTF8.GetBytes(text);
        while (rest.Length > 0)
        {
            var plain = rest.IndexOfAny(Special);
            if (plain < 0)
            {
                output.Write(rest);
                break;
            }

            output.Write(rest[..plain]);
            rest = rest[(plain + Escape(rest[plain..], output))..];
        }

        output.Write("\""u8);
    }

    private static byte[] SpecialBytes() => [.. Enumerable.Range(0, 0x20).Select(i => (byte)i), .. "\"\\<>&"u8.ToArray(), 0xE2];

    private static int Escape(ReadOnlySpan<byte> at, IBufferWriter<byte> output)
    {
        switch (at[0])
        {
            case 0xE2 when at.Length > 2 && at[1] == 0x80 && at[2] is 0xA8 or 0xA9:
                output.Write(at[2] == 0xA8 ? "\\u2028"u8 : "\\u2029"u8);
                return 3;
            case 0xE2:
                output.Write(at[..1]);
                break;
            case (byte)'"':
                output.Write("\\\""u8);
                break;
            case (byte)'\\':
                output.Write("\\\\"u8);
                break;
            case (byte)'\n':
                output.Write("\\n"u8);
                break;
            case (byte)'\r':
                output.Write("\\r"u8);
                break;
            case (byte)'\t':
                output.Write("\\t"u8);
                break;
            default:
                output.Write(Encoding.ASCII.GetBytes("\\u" + at[0].ToString("x4", CultureInfo.InvariantCulture)));
                break;
        }

        return 1;
    }

    private static void WriteObject(JsonElement value, IBufferWriter<byte> output, bool floatsOnly)
    {
        var members = new SortedDictionary<string, JsonElement>(Utf8Order.Instance);
        foreach (var member in value.EnumerateObject())
        {
            members[Name(member)] = member.Value;
        }

        var separator = "{"u8;
        foreach (var (name, member) in members)
        {
            output.Write(separator);
            WriteString(name, output);
            output.Write(":"u8);
            Write(member, output, floatsOnly);
            separator = ","u8;
        }

        output.Write(members.Count == 0 ? "{}"u8 : "}"u8);
    }

    private static void WriteArray(JsonElement value, IBufferWriter<byte> output, bool floatsOnly)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!first)
            {
                output.Write(","u8);
            }

            first = false;
            Write(item, output, floatsOnly);
        }

        output.Write("]"u8);
    }

    private static void WriteNumber(JsonElement value, IBufferWriter<byte> output, bool floatsOnly)
    {
        var text = !floatsOnly && value.TryGetInt64(out var integer) && !value.GetRawText().AsSpan().ContainsAny(".eE")
            ? integer.ToString(CultureInfo.InvariantCulture)
            : GoFloat.FormatJson(value.GetDouble());
        output.Write(Encoding.ASCII.GetBytes(text));
    }

    private static string Text(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText();
        }
    }

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }
}
