using KubeFed.KubeClient.Dynamic;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.Conformance.Clients;

/// <summary><see cref="DynamicClient"/> against the API server of the cluster provider.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class DynamicClientOnClusterTests : DynamicClientContract
{
    private ClusterClient _connection = null!;

    [OneTimeSetUp]
    public async Task ConnectToClusterAsync() =>
        _connection = new ClusterClient((await ClusterPool.GetAsync(new ClusterSetOptions { Members = 0 })).Host);

    [OneTimeTearDown]
    public async Task DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    private protected override Task<IDynamicClient> ConnectAsync() => Task.FromResult(_connection.Connect());
}
