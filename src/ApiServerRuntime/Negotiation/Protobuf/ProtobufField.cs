namespace KubeFed.ApiServerRuntime.Negotiation.Protobuf;

/// <summary>One field of a message.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsList">Whether it may come several times.</param>
/// <param name="Message">The message that it holds, for messages and maps of them.</param>
internal sealed record ProtobufField(string Name, ProtobufType Type, bool IsList, string? Message);
