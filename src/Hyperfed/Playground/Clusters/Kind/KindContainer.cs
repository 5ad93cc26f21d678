namespace KubeFed.Hyperfed.Playground.Clusters.Kind;

/// <summary>The container that a cluster of kind is, and the commands by which it is handled.</summary>
/// <param name="name">What kind calls the cluster.</param>
/// <param name="kind">The command <c>kind</c>.</param>
/// <param name="docker">The command <c>docker</c>.</param>
internal sealed class KindContainer(string name, ExternalTool kind, ExternalTool docker)
{
    public string Name => name;

    /// <summary>Makes the cluster.</summary>
    /// <returns>Its kubeconfig.</returns>
    /// <exception cref="PlaygroundException">It cannot be made; the message is kind's own.</exception>
    public async Task<string> CreateAsync(string config, string kubeconfigFile, CancellationToken cancellationToken)
    {
        await RunAsync(kind, ["create", "cluster", "--name", name, "--kubeconfig", kubeconfigFile, "--wait", "180s", "--config", "-"], config, cancellationToken);
        return await File.ReadAllTextAsync(kubeconfigFile, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => RunAsync(docker, ["stop", $"{name}-control-plane"], null, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => RunAsync(docker, ["start", $"{name}-control-plane"], null, cancellationToken);

    /// <summary>Removes the cluster, also one that was never made.</summary>
    public Task DeleteAsync() => RunAsync(kind, ["delete", "cluster", "--name", name], null, CancellationToken.None);

    private static async Task RunAsync(ExternalTool tool, IReadOnlyList<string> arguments, string? input, CancellationToken cancellationToken)
    {
        var result = await tool.RunAsync(arguments, input, cancellationToken);
        if (result.Code != 0)
        {
            throw new PlaygroundException($"{tool.Name} {string.Join(' ', arguments)}: {result.Complaint}.");
        }
    }
}
