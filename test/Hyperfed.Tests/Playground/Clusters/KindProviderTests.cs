using System.Runtime.Versioning;
using KubeFed.DevClusters;
using KubeFed.Hyperfed.Playground;
using KubeFed.Hyperfed.Playground.Clusters;
using KubeFed.Hyperfed.Playground.Clusters.Kind;
using KubeFed.TestSupport.IO;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.Hyperfed.Tests.Playground.Clusters;

[UnsupportedOSPlatform("windows")]
[Parallelizable(ParallelScope.All)]
public sealed class KindProviderTests
{
    // As kind does it: the file that --kubeconfig names, with names of its own.
    private const string WritesKubeconfig = """
        [ "$1" = create ] || exit 0
        cat >"$(dirname "$0")/config"
        cat >"$6" <<EOF
        apiVersion: v1
        kind: Config
        current-context: kind-$4
        clusters: [{name: kind-$4, cluster: {server: "https://127.0.0.1:1"}}]
        users: [{name: kind-$4, user: {token: secret}}]
        contexts: [{name: kind-$4, context: {cluster: kind-$4, user: kind-$4}}]
        EOF
        """;

    private static readonly ClusterPlan Plan = new("cluster1", [new DevNode { Name = "n", Labels = new Dictionary<string, string> { ["topology.kubernetes.io/region"] = "eu-west" } }]);

    [Test]
    public void Missing_NoPrograms_NamesThemAndWhatToDo()
    {
        var provider = new KindProvider(new ExternalTool("no-kind"), new ExternalTool("no-docker"), TimeProvider.System);

        Assert.That(provider.Missing, Is.EqualTo("PATH has no no-kind and no no-docker: install kind (https://kind.sigs.k8s.io) and Docker"));
    }

    [Test]
    public async Task Start_ThenDispose_MakesAndDeletesOneCluster()
    {
        using var folder = new TempFolder();
        var kind = new FakeTool(folder, "kind", WritesKubeconfig);
        var docker = new FakeTool(folder, "docker", "exit 0");
        string name = $"kubefed-playground-{Environment.ProcessId}-cluster1";

        var cluster = await new KindProvider(kind.Tool, docker.Tool, TimeProvider.System).StartAsync(Plan, NullLoggerFactory.Instance, CancellationToken.None);
        await cluster.StopAsync(CancellationToken.None);
        await cluster.DisposeAsync();

        Assert.That(kind.Calls, Has.Length.EqualTo(2));
        Assert.That(kind.Calls[0], Does.Match($"^create cluster --name {name} --kubeconfig \\S+/kubeconfig --wait 180s --config -$"));
        Assert.That(kind.Calls[1], Is.EqualTo($"delete cluster --name {name}"));
        Assert.That(docker.Calls, Is.EqualTo(new[] { $"stop {name}-control-plane" }));
        Assert.That(await File.ReadAllTextAsync(folder.Combine("config")), Does.Contain("role: control-plane").And.Contain("topology.kubernetes.io/region: eu-west"));
        Assert.That(cluster.Kubeconfig, Does.Contain("current-context: cluster1").And.Contain("token: secret").And.Not.Contain("kind-"));
        Assert.That(Directory.Exists(Path.GetDirectoryName(kind.Calls[0].Split(' ')[5])), Is.False, "the folder is left behind");
    }

    [Test]
    public async Task Start_KindFails_SaysWhyAndDeletesWhatIsThere()
    {
        using var folder = new TempFolder();
        var kind = new FakeTool(folder, "kind", "[ \"$1\" = delete ] || { echo 'Creating cluster ...' >&2; echo 'ERROR: docker is not running' >&2; exit 1; }");

        var failed = (await Assert.ThrowsAsync<PlaygroundException>(
            () => new KindProvider(kind.Tool, kind.Tool, TimeProvider.System).StartAsync(Plan, NullLoggerFactory.Instance, CancellationToken.None)))!;

        Assert.That(failed.Message, Does.EndWith(": ERROR: docker is not running."));
        Assert.That(kind.Calls[^1], Does.StartWith("delete cluster"));
    }
}
