using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Standalone.Installation;
using KubeFed.ComponentBase.Logging;
using KubeFed.FederationApis;
using KubeFed.Hyperfed.Playground.Clusters;
using KubeFed.Hyperfed.Playground.Fleets;
using KubeFed.Hyperfed.Playground.Memory;
using KubeFed.Hyperfed.Playground.Scenarios;
using KubeFed.Hyperfed.Playground.Screens;
using KubeFed.Hyperfed.Playground.Serving;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.Hyperfed.Playground;

/// <summary>One playground, from the start of its clusters until it is stopped.</summary>
internal sealed class PlaygroundRun(PlaygroundOptions options, IScreen screen, TimeProvider time)
{
    private static readonly string[] Types = ["namespaces", "configmaps", "deployments.apps", "services"];

    private readonly Steps _steps = new(screen, time);

    /// <summary>Makes the federation and keeps it until cancelled, or with --exit until it is in order.</summary>
    /// <returns>Whether all was done; false where it was cancelled before.</returns>
    /// <exception cref="PlaygroundException">It cannot be had, or did not go on; the message says why.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = TakeFolder();
        bool done = false;
        try
        {
            await RunAsync(folder, cancellationToken);
            done = true;
        }
        catch (PlaygroundException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PlaygroundException($"{e.Message} The log is {folder.Log}", e);
        }
        catch (OutOfMemoryException e)
        {
            throw new PlaygroundException("The memory is exhausted. Take fewer --members, or free some.", e);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            screen.WriteLine("Stopped.");
        }

        folder.Clear();
        return done;
    }

    // Probes that are more frequent than the defaults, and shorter waits after them: a playground is looked at.
    private static async Task TuneAsync(IDynamicClient host, CancellationToken cancellationToken)
    {
        var spec = new JsonObject
        {
            ["clusterHealthCheck"] = new JsonObject { ["period"] = "1s" },
            ["controllerDuration"] = new JsonObject { ["availableDelay"] = "1s", ["unavailableDelay"] = "1s" },
        };
        await host.PatchAsync(
            FederationResources.KubeFedConfigs,
            new NamespacedName(FederationNames.DefaultNamespace, FederationNames.KubeFedConfig),
            Patch.Merge(new JsonObject { ["spec"] = spec }),
            cancellationToken: cancellationToken);
    }

    // What does not fit is not begun.
    private PlaygroundFolder TakeFolder()
    {
        var folder = PlaygroundFolder.Take(options.Folder);
        try
        {
            MemoryNeed.Check(options.Provider, options.Members, options.AvailableMemory);
            return folder;
        }
        catch (PlaygroundException)
        {
            folder.Clear();
            throw;
        }
    }

    private async Task RunAsync(PlaygroundFolder folder, CancellationToken cancellationToken)
    {
        await using var log = folder.OpenLog();
        using var logging = new LoggingOptions().CreateFactory(log, time);
        await using var clusters = await _steps.DoAsync(
            $"The host and {Members.Counted(options.Members)} are up", () => PlaygroundClusters.StartAsync(options.Members, options.Provider, logging, cancellationToken));
        PrivateFile.Write(folder.Kubeconfig, clusters.Kubeconfig());
        await using var api = options.IsAggregated
            ? await _steps.DoAsync(
                "The federation's API server is behind the host's",
                () => FederationApi.StartAsync(clusters.Host.CreateClient(), folder.Kubeconfig, folder.Data, logging, time, cancellationToken))
            : null;
        await _steps.DoAsync("The federation is installed on the host", async () =>
        {
            await FederationTool.RunAsync(folder.Kubeconfig, ["install"], cancellationToken);
            await TuneAsync(clusters.Host.CreateClient(), cancellationToken);
        });
        await using var controllers = ControlPlane.Start(folder.Kubeconfig, logging);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var working = WorkAsync(folder, clusters, logging, ending.Token);
        var failing = await Task.WhenAny([working, controllers.WhenFailedAsync(), .. api is null ? Array.Empty<Task>() : [api.WhenFailedAsync()]]);
        if (failing != working)
        {
            await ending.CancelAsync();
            await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await failing;
        }

        await working;
    }

    private async Task WorkAsync(PlaygroundFolder folder, PlaygroundClusters clusters, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        await FederateAsync(folder, clusters, cancellationToken);
        await using var watch = await FleetWatch.StartAsync(clusters, logging, cancellationToken);
        screen.Tell(await _steps.DoAsync("It runs in every member", async () =>
        {
            var settling = watch.UntilAsync(static fleet => fleet.IsSettled, "everything is in order", time, cancellationToken);
            await screen.ShowWhileAsync(watch, string.Empty, settling);
            return await settling;
        }));
        screen.WriteLine(string.Empty);
        screen.WriteLine($"export KUBECONFIG={folder.Kubeconfig}");
        screen.WriteLine(string.Empty);
        if (options.Scenario is { } scenario)
        {
            screen.WriteLine($"The story \"{scenario.Name}\":");
            await screen.ShowWhileAsync(watch, string.Empty, scenario.PlayAsync(new Stage(clusters, watch, screen, time), cancellationToken));
            screen.WriteLine(string.Empty);
        }

        if (!options.Exit)
        {
            await StayAsync(watch, cancellationToken);
        }
    }

    private async Task FederateAsync(PlaygroundFolder folder, PlaygroundClusters clusters, CancellationToken cancellationToken)
    {
        await _steps.DoAsync($"{Members.Counted(options.Members)} joined", () => Task.WhenAll(clusters.Members.Select(
            member => FederationTool.RunAsync(folder.Kubeconfig, ["join", member.Name, "--cluster-context", member.Name], cancellationToken))));
        await _steps.DoAsync($"{string.Join(", ", Types)} are federated types", () => Task.WhenAll(Types.Select(
            type => FederationTool.RunAsync(folder.Kubeconfig, ["enable", type], cancellationToken))));
        await _steps.DoAsync("The sample application is written, once, to the host", () => Sample.ApplyAsync(clusters.Host.CreateClient(), cancellationToken));
    }

    private async Task StayAsync(IFleetFeed feed, CancellationToken cancellationToken)
    {
        foreach (string line in NextSteps.Lines(options.Members))
        {
            screen.WriteLine(line);
        }

        screen.WriteLine(string.Empty);
        var staying = screen.ShowWhileAsync(feed, options.Ending, Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken));
        await options.OnReady();
        await staying;
    }
}
