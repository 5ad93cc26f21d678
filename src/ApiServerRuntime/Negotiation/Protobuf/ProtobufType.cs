namespace KubeFed.ApiServerRuntime.Negotiation.Protobuf;

/// <summary>What a field holds.</summary>
internal enum ProtobufType
{
    Text,
    Integer,
    Flag,
    Bytes,

    /// <summary>A time in seconds: a message of seconds and nanoseconds, text in JSON.</summary>
    Time,

    /// <summary>A time in microseconds, of the same form.</summary>
    MicroTime,

    /// <summary>JSON in a message of one field.</summary>
    RawJson,

    /// <summary>Text in a message of one field.</summary>
    Quantity,

    /// <summary>A number or text: a message that tells which.</summary>
    IntOrString,

    /// <summary>A message of the table.</summary>
    Message,
}
