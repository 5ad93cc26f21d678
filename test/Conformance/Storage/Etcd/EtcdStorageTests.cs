using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Etcd;
using KubeFed.TestSupport.Clusters.Etcd;

namespace KubeFed.Conformance.Storage.Etcd;

/// <summary><see cref="EtcdStorage"/> under the storage contract, on a real etcd that its tests share.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class EtcdStorageTests : StorageContract
{
    private EtcdServer? _server;
    private EtcdStorageOptions _options = null!;

    private protected override bool Persists => true;

    [OneTimeSetUp]
    public async Task StartEtcdAsync()
    {
        if (EtcdServer.Unavailable is { } reason)
        {
            Assert.Ignore(reason);
        }

        _server = await EtcdServer.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopEtcdAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private protected override Task<IStorage> OpenAsync()
    {
        _options = EtcdFixture.NewOptions(_server!);
        return OpenAgainAsync();
    }

    private protected override Task<IStorage> OpenAgainAsync() => Task.FromResult<IStorage>(EtcdFixture.Open(_options));

    // Leases live by etcd's own clock.
    private protected override void Advance(TimeSpan time)
    {
    }
}
