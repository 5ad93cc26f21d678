using KubeFed.ApiServerRuntime.Standalone.Installation;
using KubeFed.ComponentBase.Logging;
using Spectre.Console;

namespace KubeFed.Hyperfed.Playground;

/// <summary>One playground, from the start of its clusters until it is stopped.</summary>
internal sealed class PlaygroundRun(PlaygroundOptions options, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan SettleLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(250);
    private static readonly string[] Types = ["namespaces", "configmaps", "deployments.apps", "services"];

    private readonly StepPrinter _steps = new(output, time);

    /// <summary>Makes the federation and keeps it until cancelled, or with --exit until it is in order.</summary>
    /// <exception cref="PlaygroundException">It cannot be had; the message says why.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var folder = PlaygroundFolder.Take(options.Folder);
        await using var log = new StreamWriter(folder.Log, append: false);
        using var logging = new LoggingOptions().CreateFactory(log, time);
        await using var clusters = await _steps.DoAsync(
            $"The host and {options.Members} members are up", () => PlaygroundClusters.StartAsync(options.Members, logging, cancellationToken));
        PrivateFile.Write(folder.Kubeconfig, clusters.Kubeconfig());
        await _steps.DoAsync("The federation is installed on the host", () => ToolAsync(folder, cancellationToken, "install"));
        await using var controllers = ControlPlane.Start(folder.Kubeconfig, logging);
        var working = WorkAsync(folder, clusters, cancellationToken);
        await await Task.WhenAny(working, controllers.WhenFailedAsync());
    }

    private static Task ToolAsync(PlaygroundFolder folder, CancellationToken cancellationToken, params string[] command) =>
        FederationTool.RunAsync(folder.Kubeconfig, command, cancellationToken);

    private async Task WorkAsync(PlaygroundFolder folder, PlaygroundClusters clusters, CancellationToken cancellationToken)
    {
        await _steps.DoAsync($"{options.Members} members joined", () => Task.WhenAll(clusters.Members.Select(
            member => ToolAsync(folder, cancellationToken, "join", member.Name, "--cluster-context", member.Name))));
        await _steps.DoAsync($"{string.Join(", ", Types)} are federated types", () => Task.WhenAll(Types.Select(
            type => ToolAsync(folder, cancellationToken, "enable", type))));
        await _steps.DoAsync("The sample application is written, once, to the host", () => Sample.ApplyAsync(clusters.Host.CreateClient(), cancellationToken));
        var reader = new FleetReader(clusters);
        var fleet = await _steps.DoAsync("It runs in every member", () => SettleAsync(reader, cancellationToken));
        if (options.Exit)
        {
            await PrintAsync(fleet);
            return;
        }

        AnsiConsole.Write(FleetView.Draw(fleet));
        NextSteps.Print(output, folder.Kubeconfig);
        await output.WriteLineAsync("\nCtrl-C ends the playground and leaves nothing behind.");
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<Fleet> SettleAsync(FleetReader reader, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        while (true)
        {
            var fleet = await reader.ReadAsync(cancellationToken);
            if (fleet.IsSettled)
            {
                return fleet;
            }

            if (time.GetElapsedTime(began) > SettleLimit)
            {
                throw new PlaygroundException($"The federation did not settle within {SettleLimit.TotalMinutes:0} minutes; still awaited: {fleet.Awaited}. The log is {Path.Combine(options.Folder, "playground.log")}.");
            }

            await Task.Delay(LookPeriod, time, cancellationToken);
        }
    }

    private async Task PrintAsync(Fleet fleet)
    {
        foreach (var member in fleet.Members)
        {
            await output.WriteLineAsync($"{member.Name} {member.Region} ready={member.IsReady} replicas={member.ReadyReplicas}/{member.Replicas}");
        }
    }
}
