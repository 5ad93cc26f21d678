using KubeFed.TestSupport.IO;

namespace KubeFed.TestSupport.Clusters.Kind;

/// <summary>
/// Clusters of the <c>kind</c> command (Kubernetes in Docker), one container each, from <c>eng/testbed/kind.yaml</c>; the node image is
/// kind's default or <c>KUBEFED_KIND_IMAGE</c>. It needs <c>kind</c>, <c>docker</c> and <c>kubectl</c> on <c>PATH</c>. It has not been run
/// where this project is developed, as there is no Docker there: expect to correct small things on its first use.
/// </summary>
public sealed class KindClusterProvider : IClusterProvider
{
    private static readonly string[] Needed = ["kind", "docker", "kubectl"];

    /// <inheritdoc/>
    public string Name => "kind";

    /// <inheritdoc/>
    public string? Unavailable =>
        Needed.Where(name => FindOnPath(name) is null).ToArray() is { Length: > 0 } missing
            ? $"{string.Join(", ", missing)} not on PATH"
            : null;

    /// <inheritdoc/>
    public async Task<TestCluster> CreateAsync(TestClusterOptions options, CancellationToken cancellationToken = default)
    {
        if (options.ApiServerArguments.Count > 0)
        {
            throw new ClusterException("the provider 'kind' cannot pass arguments to kube-apiserver");
        }

        // Names must differ between test processes: kind's clusters are known machine-wide.
        var kindName = $"kubefed-{options.Name}-{Guid.NewGuid().ToString("n")[..8]}";
        var folder = new TempFolder($"kubefed-test-{options.Name}-");
        var kubeconfigPath = folder.Combine("kubeconfig");
        try
        {
            var created = await KindCluster.RunKindAsync(CreateArguments(kindName, kubeconfigPath), cancellationToken);
            return created.ExitCode == 0
                ? new KindCluster(options.Name, kindName, folder, KindKubeconfig.Read(await File.ReadAllTextAsync(kubeconfigPath, cancellationToken)))
                : throw new ClusterException($"kind could not make the cluster {kindName}: {created}");
        }
        catch
        {
            await KindCluster.RunKindAsync(["delete", "cluster", "--name", kindName], CancellationToken.None);
            folder.Dispose();
            throw;
        }
    }

    internal static string? FindOnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    private static List<string> CreateArguments(string kindName, string kubeconfigPath)
    {
        List<string> arguments =
        [
            "create", "cluster", "--name", kindName, "--kubeconfig", kubeconfigPath, "--wait", "120s",
            "--config", Repository.Combine("eng", "testbed", "kind.yaml"),
        ];
        if (Environment.GetEnvironmentVariable("KUBEFED_KIND_IMAGE") is { Length: > 0 } image)
        {
            arguments.AddRange(["--image", image]);
        }

        return arguments;
    }
}
