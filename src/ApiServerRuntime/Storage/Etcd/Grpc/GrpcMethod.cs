using Google.Protobuf;

namespace KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;

/// <summary>A method of a gRPC service.</summary>
/// <param name="Path">The request's path: <c>/package.Service/Method</c>.</param>
/// <param name="Parser">Reads the answers.</param>
internal sealed record GrpcMethod<TRequest, TResponse>(string Path, MessageParser<TResponse> Parser)
    where TRequest : IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>;
