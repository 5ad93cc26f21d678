using KubeFed.Kubefedctl;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;

namespace KubeFed.Hyperfed.Playground;

/// <summary>kubefedctl, as a person would run it, in this process.</summary>
internal static class FederationTool
{
    /// <summary>Runs a command against the clusters of a kubeconfig.</summary>
    /// <exception cref="PlaygroundException">It failed; the message is the command's own.</exception>
    public static async Task RunAsync(string kubeconfig, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        await using var connector = new KubeconfigConnector(TimeProvider.System);
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        string[] arguments = [.. command, "--kubeconfig", kubeconfig, "--host-cluster-context", Members.Host];
        int code = await KubefedctlProgram.RunAsync(
            arguments, new CliEnvironment { Out = output, Error = errors, Connector = connector }, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (code != 0)
        {
            throw new PlaygroundException($"kubefedctl {string.Join(' ', command)}: {Reason(errors.ToString())}");
        }
    }

    private static string Reason(string errors)
    {
        const string Prefix = "Error: ";
        string text = errors.Trim();
        return text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
    }
}
