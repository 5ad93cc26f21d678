using KubeFed.KubeClient.Discovery;

namespace KubeFed.Kubefedctl.Tests.Fakes;

/// <summary>Discovery of what a mapper knows.</summary>
internal sealed class FakeDiscovery(FakeRestMapper mapper) : IDiscoveryClient
{
    public Task<ServerVersion> GetVersionAsync(CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("no command asks for the version this way");

    public Task<ApiDiscovery> DiscoverAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(new ApiDiscovery { Resources = [.. mapper.Resources], Failures = mapper.Failures });
}
