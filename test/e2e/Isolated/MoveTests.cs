using KubeFed.ApiMachinery.Identity;
using KubeFed.e2e.Federations;
using KubeFed.e2e.Scenarios;
using KubeFed.HelmSupport;
using KubeFed.TestSupport.Docs;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Processes;

namespace KubeFed.e2e.Isolated;

/// <summary>The way from custom resources to the API server, by the commands of docs/operations.md.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class MoveTests
{
    private const string Heading = "## Moving from custom resources to the API server";

    [Test]
    public async Task Operations_MoveToTheApiServer_KeepsObjectsAndWhatMembersHold()
    {
        var (save, remove, restore) = await CommandsAsync();
        await using var federation = await Federation.CreateAsync(new FederationOptions
        {
            Installation = Installations.Installation.CustomResources,
            Members = 1,
            Config = Manifests.Node("{clusterHealthCheck: {period: 1s, timeout: 3s}}"),
        });
        await using var sandbox = new ProcessSandbox("move");
        var federated = await CreateConfigMapAsync(federation);
        var copies = await CopiesAsync(federation, federated);
        Assert.That(await federation.Manager.StopAsync(), Is.Zero, "exit code of the controller manager");

        await RunAsync(federation, sandbox, save);
        await RunAsync(federation, sandbox, remove);
        await using var installation = await HelmInstallation.InstallAsync(
            federation.HostCluster, federation.Host, sandbox, Manifests.Node("{federatedTypes: [], controllermanager: {controller: {replicaCount: 0}}}"));
        await RunAsync(federation, sandbox, restore);
        Assert.That(await CopiesAsync(federation, federated), Is.EqualTo(copies), "what the members hold, before the controller manager starts");

        await installation.UpgradeAsync(Manifests.Node("controllermanager: {controller: {replicaCount: 1}}"));
        await federated.IsInOrderAsync(Spec(federation, "{mode: slow}"), "move");
        await federated.UpdateAsync(Spec(federation, "{mode: fast}"));
        await federated.IsInOrderAsync(Spec(federation, "{mode: fast}"), "update after the move");
        Assert.That(
            (await CopiesAsync(federation, federated)).Select(static copy => copy.Uid), Is.EqualTo(copies.Select(static copy => copy.Uid)), "no copy is made anew");
    }

    private static async Task<(string Save, string Remove, string Restore)> CommandsAsync()
    {
        var document = await File.ReadAllTextAsync(Repository.Combine("docs", "operations.md"));
        var begin = document.IndexOf(Heading, StringComparison.Ordinal);
        Assert.That(begin, Is.Not.Negative, Heading);
        var blocks = FencedBlocks.Read(document[begin..document.IndexOf("\n## ", begin, StringComparison.Ordinal)]);
        Assert.That(blocks, Has.Count.EqualTo(3));
        return (blocks[0].Commands, blocks[1].Commands, blocks[2].Commands);
    }

    private static async Task RunAsync(Federation federation, ProcessSandbox sandbox, string commands)
    {
        var programs = Path.GetDirectoryName(federation.HostCluster.KubectlPath);
        var result = await ProcessRunner.RunAsync(
            "bash",
            ["-euo", "pipefail", "-c", commands],
            new ProcessOptions
            {
                Environment = new Dictionary<string, string?>
                {
                    ["KUBECONFIG"] = federation.HostCluster.KubeconfigPath,
                    ["HOME"] = sandbox.Folder,
                    ["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}",
                },
                WorkingDirectory = sandbox.Folder,
                Timeout = TimeSpan.FromMinutes(3),
            });
        await TestContext.Out.WriteLineAsync($"{result}");
        result.EnsureSuccess();
    }

    private static async Task<FederatedObjectDriver> CreateConfigMapAsync(Federation federation)
    {
        var type = await federation.GetTypeAsync("configmaps");
        var key = new NamespacedName(await federation.CreateNamespaceAsync("moved"), Names.Unique("settings"));
        var federated = new FederatedObjectDriver(federation, type, key);
        await federated.CreateAsync(Spec(federation, "{mode: slow}"));
        await federated.IsInOrderAsync(Spec(federation, "{mode: slow}"), "create");
        return federated;
    }

    private static async Task<IReadOnlyList<(string? Uid, string? Version)>> CopiesAsync(Federation federation, FederatedObjectDriver federated)
    {
        var found = await Task.WhenAll(federation.Clusters.Select(federated.FindAsync));
        return [.. found.Select(static copy => (copy?.Metadata.Uid, copy?.Metadata.ResourceVersion))];
    }

    private static FederatedSpec Spec(Federation federation, string data) =>
        new() { Template = Manifests.Node($"data: {data}"), Clusters = federation.ClusterNames };
}
