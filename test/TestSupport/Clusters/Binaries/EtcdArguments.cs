namespace KubeFed.TestSupport.Clusters.Binaries;

/// <summary>The command line of a single etcd 3.4 or later that never waits for the disk.</summary>
internal static class EtcdArguments
{
    public static IEnumerable<string> Create(string dataFolder, int clientPort, int peerPort) =>
    [
        $"--data-dir={dataFolder}",
        $"--listen-client-urls=http://127.0.0.1:{clientPort}",
        $"--advertise-client-urls=http://127.0.0.1:{clientPort}",
        $"--listen-peer-urls=http://127.0.0.1:{peerPort}",
        $"--initial-advertise-peer-urls=http://127.0.0.1:{peerPort}",
        $"--initial-cluster=default=http://127.0.0.1:{peerPort}",
        "--unsafe-no-fsync",
        "--quota-backend-bytes=8589934592",
        "--logger=zap",
        "--log-level=warn",
    ];
}
