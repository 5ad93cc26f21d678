using KubeFed.KubeClient.Dynamic;

namespace KubeFed.Kubefedctl.Clusters;

/// <summary>A client and the connections behind it.</summary>
internal sealed class TokenClient(IDynamicClient client, IAsyncDisposable? connections = null) : IAsyncDisposable
{
    public IDynamicClient Client { get; } = client;

    public ValueTask DisposeAsync() => connections?.DisposeAsync() ?? ValueTask.CompletedTask;
}
