namespace KubeFed.ApiServerRuntime.Negotiation.Protobuf;

/// <summary>One field of a message.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Type">What it holds, or each of its values.</param>
/// <param name="Shape">How it is put into JSON.</param>
/// <param name="KeepsZero">Whether zero, false and empty text mean something; otherwise they are left out of JSON, as Kubernetes does.</param>
/// <param name="Message">The message that it holds, where it holds one.</param>
internal sealed record ProtobufField(string Name, ProtobufType Type, ProtobufShape Shape, bool KeepsZero, string? Message);
