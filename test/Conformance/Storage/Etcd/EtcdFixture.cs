using KubeFed.ApiServerRuntime.Storage.Etcd;
using KubeFed.TestSupport.Clusters.Etcd;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.Conformance.Storage.Etcd;

/// <summary>The etcd that tests share which do not harm it: each has a prefix of its own.</summary>
internal static class EtcdFixture
{
    private static int _lastPrefix;

    public static EtcdStorageOptions NewOptions(EtcdServer server) => new()
    {
        Endpoints = server.Endpoints,
        Prefix = $"/test-{Interlocked.Increment(ref _lastPrefix)}",
        CompactionInterval = TimeSpan.Zero,
    };

    public static EtcdStorage Open(EtcdStorageOptions options) => new(options, TimeProvider.System, NullLogger<EtcdStorage>.Instance);
}
