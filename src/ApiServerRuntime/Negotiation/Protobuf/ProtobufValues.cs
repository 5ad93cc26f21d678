using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf;

namespace KubeFed.ApiServerRuntime.Negotiation.Protobuf;

/// <summary>Reads the messages that are one value in JSON.</summary>
internal static class ProtobufValues
{
    private const long TextOfIntOrString = 1;
    private const long MaxSeconds = 100_000_000_000;

    /// <summary>The value, or null for none: a time that is not set, and zero where <paramref name="keepsZero"/> does not hold.</summary>
    public static JsonNode? Read(ProtobufType type, ByteString message, bool keepsZero) => type switch
    {
        ProtobufType.Time => ReadTime(message, "yyyy-MM-dd'T'HH:mm:ss'Z'"),
        ProtobufType.MicroTime => ReadTime(message, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"),
        ProtobufType.RawJson => ReadJson(message),
        ProtobufType.Quantity => ReadQuantity(message, keepsZero),
        ProtobufType.IntOrString => ReadIntOrString(message, keepsZero),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no type of one value"),
    };

    /// <summary>The texts of a message of two.</summary>
    public static (string First, string Second) ReadPair(ByteString message)
    {
        var fields = ReadFields(message);
        return (fields.Text(1), fields.Text(2));
    }

    private static JsonNode? ReadQuantity(ByteString message, bool keepsZero) => ReadFields(message).Text(1) switch
    {
        "" or "0" when !keepsZero => null,
        "" => "0",
        var text => text,
    };

    private static JsonNode? ReadIntOrString(ByteString message, bool keepsZero)
    {
        var fields = ReadFields(message);
        if (fields.Number(1) == TextOfIntOrString)
        {
            string text = fields.Text(3);
            return text.Length == 0 && !keepsZero ? null : text;
        }

        long number = fields.Number(2);
        return number == 0 && !keepsZero ? null : number;
    }

    private static JsonNode? ReadJson(ByteString message) => ReadFields(message).Bytes.TryGetValue(1, out var text) && !text.IsEmpty ? JsonNode.Parse(text.Span) : null;

    private static JsonNode? ReadTime(ByteString message, string format)
    {
        if (message.IsEmpty)
        {
            return null;
        }

        var fields = ReadFields(message);
        long seconds = fields.Number(1);
        return seconds is > MaxSeconds or < -MaxSeconds
            ? throw new InvalidDataException("a time is out of range")
            : DateTime.UnixEpoch.AddSeconds(seconds).AddTicks((int)fields.Number(2) / 100).ToString(format, CultureInfo.InvariantCulture);
    }

    private static SmallMessage ReadFields(ByteString message)
    {
        var fields = new SmallMessage([], []);
        var input = message.CreateCodedInput();
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.Varint:
                    fields.Numbers[WireFormat.GetTagFieldNumber(tag)] = input.ReadInt64();
                    break;
                case WireFormat.WireType.LengthDelimited:
                    fields.Bytes[WireFormat.GetTagFieldNumber(tag)] = input.ReadBytes();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return fields;
    }

    private sealed record SmallMessage(Dictionary<int, long> Numbers, Dictionary<int, ByteString> Bytes)
    {
        public long Number(int field) => Numbers.GetValueOrDefault(field);

        public string Text(int field) => Bytes.TryGetValue(field, out var bytes) ? bytes.ToStringUtf8() : string.Empty;
    }
}
