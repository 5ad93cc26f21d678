using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Processes;

namespace KubeFed.TestSupport.Clusters.Kind;

/// <summary>A cluster of one container. Stopping, killing and pausing act on the whole container, thus on its API server too.</summary>
internal sealed class KindCluster : TestCluster
{
    private readonly string _kindName;
    private readonly TempFolder _folder;
    private bool _disposed;

    public KindCluster(string name, string kindName, TempFolder folder, ClusterAccess access)
        : base(name, access, folder.Combine("kubeconfig"), "kubectl")
    {
        _kindName = kindName;
        _folder = folder;
        File.WriteAllText(KubeconfigPath, Kubeconfig);
    }

    private string Container => $"{_kindName}-control-plane";

    public override async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await DockerAsync("start", cancellationToken);
        using var client = CreateHttpClient();
        await Waiting.Eventually.True(
            () => Binaries.Probe.IsOkAsync(client, "readyz", cancellationToken), $"{Name} serves again", TimeSpan.FromMinutes(2));
    }

    public override Task StopAsync(CancellationToken cancellationToken = default) => DockerAsync("stop", cancellationToken);

    public override Task KillAsync(CancellationToken cancellationToken = default) => DockerAsync("kill", cancellationToken);

    public override Task PauseAsync(CancellationToken cancellationToken = default) => DockerAsync("pause", cancellationToken);

    public override Task ResumeAsync(CancellationToken cancellationToken = default) => DockerAsync("unpause", cancellationToken);

    public override async Task WriteLogsAsync(TextWriter writer, int lines = 100)
    {
        var result = await KubectlAsync("logs", "-n", "kube-system", "-l", "component=kube-apiserver", $"--tail={lines}");
        await writer.WriteLineAsync($"--- {Name}: kube-apiserver\n{result.Output}{result.Error}");
    }

    public override async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await RunKindAsync(["delete", "cluster", "--name", _kindName], CancellationToken.None);
        _folder.Dispose();
    }

    internal static Task<ProcessResult> RunKindAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        ProcessRunner.RunAsync("kind", arguments, new ProcessOptions { Timeout = TimeSpan.FromMinutes(5) }, cancellationToken);

    private async Task DockerAsync(string verb, CancellationToken cancellationToken)
    {
        var result = await ProcessRunner.RunAsync("docker", [verb, Container], cancellationToken: cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new ClusterException(result.ToString());
        }
    }
}
