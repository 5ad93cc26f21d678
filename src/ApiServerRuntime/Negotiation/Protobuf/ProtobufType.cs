namespace KubeFed.ApiServerRuntime.Negotiation.Protobuf;

/// <summary>What a field holds. Kubernetes always sends what is not optional, so that zero then means absent.</summary>
internal enum ProtobufType
{
    Text,
    Integer,
    OptionalInteger,
    Flag,
    Bytes,
    Time,
    MicroTime,
    RawJson,
    Message,
    TextMap,
    BytesMap,
    MessageMap,
}
