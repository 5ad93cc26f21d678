namespace KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;

/// <summary>What goes with a call besides its message.</summary>
/// <param name="Timeout">How long it may take; the server is told. Infinite for a stream.</param>
/// <param name="Metadata">Headers to send: lower-case names, ASCII values.</param>
internal readonly record struct GrpcCallOptions(TimeSpan Timeout, IReadOnlyList<KeyValuePair<string, string>> Metadata);
