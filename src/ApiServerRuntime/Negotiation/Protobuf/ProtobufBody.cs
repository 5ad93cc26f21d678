using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Negotiation.Protobuf;

/// <summary>Reads built-in objects that clients send as <c>application/vnd.kubernetes.protobuf</c>: a prefix, then an envelope that names the kind.</summary>
internal static class ProtobufBody
{
    private static ReadOnlySpan<byte> Prefix => "k8s\0"u8;

    /// <summary>The object; null when the bytes do not begin as Kubernetes' protobuf does, or its kind is not one that is known in protobuf.</summary>
    /// <exception cref="IOException">The bytes are no message.</exception>
    /// <exception cref="InvalidDataException">They are no message that can be an object.</exception>
    public static JsonObject? Read(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith(Prefix))
        {
            return null;
        }

        var input = new CodedInputStream(body[Prefix.Length..].ToArray());
        string apiVersion = string.Empty;
        string kind = string.Empty;
        var raw = ByteString.Empty;
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    (apiVersion, kind) = ReadTypeMeta(new CodedInputStream(input.ReadBytes().ToByteArray()));
                    break;
                case 2:
                    raw = input.ReadBytes();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        if (ProtobufMessages.Find(apiVersion, kind) is not { } message)
        {
            return null;
        }

        var root = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind };
        Read(root, message, raw, 0);
        return root;
    }

    private static InvalidDataException Malformed(string why) => new(why);

    private static (string ApiVersion, string Kind) ReadTypeMeta(CodedInputStream input)
    {
        string apiVersion = string.Empty;
        string kind = string.Empty;
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    apiVersion = input.ReadString();
                    break;
                case 2:
                    kind = input.ReadString();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return (apiVersion, kind);
    }

    private static void Read(JsonObject target, string message, ByteString bytes, int depth)
    {
        if (depth > KubeObject.MaxDepth)
        {
            throw Malformed("the message is nested too deeply");
        }

        var fields = ProtobufMessages.Fields(message);
        var input = bytes.CreateCodedInput();
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (!fields.TryGetValue(WireFormat.GetTagFieldNumber(tag), out var field))
            {
                input.SkipLastField();
                continue;
            }

            if (field.Type is ProtobufType.TextMap or ProtobufType.BytesMap or ProtobufType.MessageMap)
            {
                ReadEntry(Child(target, field.Name), field, input.ReadBytes(), depth);
            }
            else if (ReadValue(field, input, depth) is { } value)
            {
                Put(target, field, value);
            }
        }
    }

    private static void Put(JsonObject target, ProtobufField field, JsonNode value)
    {
        if (!field.IsList)
        {
            target[field.Name] = value;
        }
        else if (target[field.Name] is JsonArray list)
        {
            list.Add(value);
        }
        else
        {
            target[field.Name] = new JsonArray(value);
        }
    }

    private static JsonNode? ReadValue(ProtobufField field, CodedInputStream input, int depth)
    {
        switch (field.Type)
        {
            case ProtobufType.Text:
                string text = input.ReadString();
                return text.Length > 0 || field.IsList ? text : null;
            case ProtobufType.Integer:
                long number = input.ReadInt64();
                return number == 0 ? null : number;
            case ProtobufType.OptionalInteger:
                return input.ReadInt64();
            case ProtobufType.Flag:
                return input.ReadBool();
            case ProtobufType.Bytes:
                return input.ReadBytes().ToBase64();
            case ProtobufType.Time:
                return ReadTime(input.ReadBytes(), "yyyy-MM-dd'T'HH:mm:ss'Z'");
            case ProtobufType.MicroTime:
                return ReadTime(input.ReadBytes(), "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");
            case ProtobufType.RawJson:
                return ReadJson(input.ReadBytes());
            default:
                var child = new JsonObject();
                Read(child, field.Message!, input.ReadBytes(), depth + 1);
                return child.Count > 0 || field.IsList || field.Name == "spec" ? child : null;
        }
    }

    private static void ReadEntry(JsonObject map, ProtobufField field, ByteString entry, int depth)
    {
        var input = entry.CreateCodedInput();
        string key = string.Empty;
        JsonNode value = field.Type == ProtobufType.MessageMap ? new JsonArray() : string.Empty;
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (WireFormat.GetTagFieldNumber(tag), field.Type)
            {
                case (1, _):
                    key = input.ReadString();
                    break;
                case (2, ProtobufType.TextMap):
                    value = input.ReadString();
                    break;
                case (2, ProtobufType.BytesMap):
                    value = input.ReadBytes().ToBase64();
                    break;
                case (2, _):
                    var holder = new JsonObject();
                    Read(holder, field.Message!, input.ReadBytes(), depth + 1);
                    value = holder["items"]?.DeepClone() ?? new JsonArray();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        map[key] = value;
    }

    private static JsonObject Child(JsonObject target, string name)
    {
        if (target[name] is not JsonObject child)
        {
            target[name] = child = [];
        }

        return child;
    }

    private static JsonNode? ReadJson(ByteString holder)
    {
        var input = holder.CreateCodedInput();
        JsonNode? value = null;
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagFieldNumber(tag) == 1)
            {
                value = JsonNode.Parse(input.ReadBytes().Span);
            }
            else
            {
                input.SkipLastField();
            }
        }

        return value;
    }

    private static JsonNode? ReadTime(ByteString bytes, string format)
    {
        if (bytes.IsEmpty)
        {
            return null;
        }

        var input = bytes.CreateCodedInput();
        long seconds = 0;
        int nanos = 0;
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    seconds = input.ReadInt64();
                    break;
                case 2:
                    nanos = input.ReadInt32();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return Math.Abs(seconds) > 100_000_000_000
            ? throw Malformed("a time is out of range")
            : DateTime.UnixEpoch.AddSeconds(seconds).AddTicks(nanos / 100).ToString(format, CultureInfo.InvariantCulture);
    }
}
