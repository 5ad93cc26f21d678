using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Negotiation.Protobuf;

/// <summary>Reads built-in objects that clients send as <c>application/vnd.kubernetes.protobuf</c>: a prefix, then an envelope that names the kind.</summary>
internal static class ProtobufBody
{
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = KubeObject.MaxDepth };

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
        var type = ByteString.Empty;
        var raw = ByteString.Empty;
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    type = input.ReadBytes();
                    break;
                case 2:
                    raw = input.ReadBytes();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        var (apiVersion, kind) = ProtobufValues.ReadPair(type);
        if (ProtobufMessages.Find(apiVersion, kind) is not { } message)
        {
            return null;
        }

        var root = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind };
        Read(root, message, raw, 0);
        return Parsed(root);
    }

    // Numbers of a tree that was parsed can be read as any type of number, those of one that was built only as what they were made of.
    private static JsonObject Parsed(JsonObject root)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, JsonFormatting.Compact))
        {
            root.WriteTo(writer);
        }

        return JsonNode.Parse(buffer.WrittenMemory.Span, documentOptions: Limits)!.AsObject();
    }

    private static void Read(JsonObject target, string message, ByteString bytes, int depth)
    {
        if (depth > KubeObject.MaxDepth)
        {
            throw new InvalidDataException("the message is nested too deeply");
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

            CheckWireType(tag, field);
            switch (field.Shape)
            {
                case ProtobufShape.Inline:
                    Read(target, field.Message!, input.ReadBytes(), depth + 1);
                    break;
                case ProtobufShape.Map or ProtobufShape.MapOfLists:
                    ReadEntry(Child(target, field.Name, static () => new JsonObject()), field, input.ReadBytes(), depth);
                    break;
                case ProtobufShape.List when ReadValue(field, input, depth, true) is { } item:
                    Child(target, field.Name, static () => new JsonArray()).Add(item);
                    break;
                case ProtobufShape.Single when ReadValue(field, input, depth, field.KeepsZero) is { } value:
                    target[field.Name] = value;
                    break;
                default:
                    break;
            }
        }
    }

    private static void CheckWireType(uint tag, ProtobufField field)
    {
        bool number = field.Type is ProtobufType.Integer or ProtobufType.Flag && field.Shape is ProtobufShape.Single or ProtobufShape.List;
        var type = WireFormat.GetTagWireType(tag);
        if (type != (number ? WireFormat.WireType.Varint : WireFormat.WireType.LengthDelimited))
        {
            throw new InvalidDataException($"wrong wireType = {(int)type} for field {field.Name}");
        }
    }

    // Null is for what is left out of JSON.
    private static JsonNode? ReadValue(ProtobufField field, CodedInputStream input, int depth, bool keepsZero)
    {
        switch (field.Type)
        {
            case ProtobufType.Integer:
                long number = input.ReadInt64();
                return number == 0 && !keepsZero ? null : number;
            case ProtobufType.Flag:
                bool flag = input.ReadBool();
                return !flag && !keepsZero ? null : flag;
            case ProtobufType.Text:
                string text = input.ReadString();
                return text.Length == 0 && !keepsZero ? null : text;
            case ProtobufType.Bytes:
                return input.ReadBytes().ToBase64();
            case ProtobufType.Message:
                var child = new JsonObject();
                Read(child, field.Message!, input.ReadBytes(), depth + 1);
                return child;
            default:
                return ProtobufValues.Read(field.Type, input.ReadBytes(), keepsZero);
        }
    }

    private static void ReadEntry(JsonObject map, ProtobufField field, ByteString entry, int depth)
    {
        var input = entry.CreateCodedInput();
        string key = string.Empty;
        JsonNode? value = null;
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    key = input.ReadString();
                    break;
                case 2 when field.Shape == ProtobufShape.MapOfLists:
                    value = ReadList(field, input.ReadBytes(), depth + 1);
                    break;
                case 2:
                    value = ReadValue(field, input, depth + 1, true);
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        map[key] = value ?? (field.Shape == ProtobufShape.MapOfLists ? new JsonArray() : string.Empty);
    }

    private static JsonArray ReadList(ProtobufField field, ByteString holder, int depth)
    {
        var list = new JsonArray();
        var input = holder.CreateCodedInput();
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagFieldNumber(tag) == 1)
            {
                list.Add(ReadValue(field, input, depth, true));
            }
            else
            {
                input.SkipLastField();
            }
        }

        return list;
    }

    private static T Child<T>(JsonObject target, string name, Func<T> create)
        where T : JsonNode
    {
        if (target[name] is not T child)
        {
            target[name] = child = create();
        }

        return child;
    }
}
