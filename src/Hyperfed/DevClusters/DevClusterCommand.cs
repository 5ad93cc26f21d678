using System.CommandLine;
using KubeFed.ComponentBase.Hosting;
using KubeFed.ComponentBase.Options;
using KubeFed.DevClusters;

namespace KubeFed.Hyperfed.DevClusters;

/// <summary><c>hyperfed devcluster</c>: one simulated cluster until it is stopped.</summary>
internal static class DevClusterCommand
{
    public static Command Create()
    {
        var options = new DevClusterProgramOptions();
        var command = new Command(
            "devcluster",
            "Runs a Kubernetes cluster in this process, for trying things out: a real API server whose pods are simulated. There is no kubelet "
            + "and no network.");
        OptionGroups.AddFlags(command, options);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var errors = OptionGroups.Read(parsed, options);
            foreach (var error in errors)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"Error: {error}");
            }

            return errors.Count > 0 ? ComponentHost.ExitFailure : await RunAsync(options, parsed.InvocationConfiguration, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(DevClusterProgramOptions options, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        using var logging = options.Logging.CreateFactory();
        return await ComponentHost.RunAsync(
            new ComponentHostOptions { Name = "devcluster", Logging = logging },
            (_, token) => ServeAsync(options.ToCluster(logging), console.Output, token),
            cancellationToken);
    }

    private static async Task ServeAsync(DevClusterOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        try
        {
            await using var cluster = await DevCluster.StartAsync(options, cancellationToken);
            await output.WriteLineAsync($"export KUBECONFIG={cluster.KubeconfigPath}".AsMemory(), cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, options.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (DevClusterException e)
        {
            throw new ComponentStartException(e.Message, e);
        }
    }
}
