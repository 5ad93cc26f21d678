using KubeFed.Hyperfed.Playground;
using KubeFed.Hyperfed.Playground.Clusters;
using KubeFed.Hyperfed.Playground.Scenarios;
using KubeFed.Hyperfed.Playground.Screens;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.IO;

namespace KubeFed.Hyperfed.Tests.Playground;

/// <summary>Whole playgrounds, in this process.</summary>
public sealed class PlaygroundRunTests
{
    private const string Gap = " s  ";

    [Test]
    [CancelAfter(300_000)]
    public async Task Run_Exit_EndsWithEveryReplicaRunningAndLeavesNothing(CancellationToken cancellationToken)
    {
        string told = await RunAsync(scenario: null, cancellationToken);

        Assert.That(told, Does.Contain("cluster1 eu-west ready=True replicas=4/4").And.Contain("cluster2 us-east ready=True replicas=2/2"));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Run_Outage_IsNoticedAndTheMemberBroughtInOrder(CancellationToken cancellationToken)
    {
        string told = await RunAsync("outage", cancellationToken);

        string[] expected =
        [
            "cluster2 is gone",
            "the federation says that it is not ready",
            "meanwhile a change",
            "the others have followed: cluster1 5/5",
            "the status of the federated object says of cluster2: ClusterNotReady",
            "cluster2 is back",
            "cluster2 is ready and has what it missed, 3 replicas",
        ];
        string[] events = Events(told);
        Assert.That(events, Has.Length.EqualTo(expected.Length));
        foreach (var (happened, begin) in events.Zip(expected))
        {
            Assert.That(happened, Does.StartWith(begin));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Run_Rollout_ReplacesEveryPodWithoutADip(CancellationToken cancellationToken)
    {
        string told = await RunAsync("rollout", cancellationToken);

        Assert.That(
            told,
            Does.Contain("cluster1: all 4 pods are new; the fewest that were ready at any moment: 4 of 4")
                .And.Contain("cluster2: all 2 pods are new; the fewest that were ready at any moment: 2 of 2"));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Run_Overflow_SaysWhyReplicasWaitAndEndsInOrder(CancellationToken cancellationToken)
    {
        string told = await RunAsync("overflow", cancellationToken);

        Assert.That(
            told,
            Does.Contain("cluster2 runs 32, and 4 wait: 0/2 nodes are available: 2 Insufficient cpu.").And.Contain("cluster2 runs 2 of 2"));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Run_KubernetesOwnPrograms_EndsWithEveryReplicaRunningAndLeavesNothing(CancellationToken cancellationToken)
    {
        TestBed.Require("kube-controller-manager");

        string told = await RunAsync(null, cancellationToken, "binaries", members: 1);

        Assert.That(told, Does.Contain("cluster1 eu-west ready=True replicas=4/4"));
    }

    private static async Task<string> RunAsync(string? scenario, CancellationToken cancellationToken, string provider = "embedded", int members = 2)
    {
        using var temporary = new TempFolder();
        await using var output = new StringWriter();
        var options = new PlaygroundOptions
        {
            Members = members,
            Provider = ProviderCatalog.Find(provider)!,
            IsAggregated = scenario != "rollout",
            Folder = temporary.Combine("playground"),
            Exit = true,
            Scenario = scenario is null ? null : ScenarioCatalog.Find(scenario),
        };
        try
        {
            bool done = await new PlaygroundRun(options, new PlainScreen(output), TimeProvider.System).RunAsync(cancellationToken);
            Assert.That(done, Is.True);
        }
        finally
        {
            await TestContext.Out.WriteLineAsync(output.ToString());
        }

        Assert.That(Directory.Exists(options.Folder), Is.False, "the folder is left behind");
        return output.ToString();
    }

    // What is told behind the seconds, without the commands below.
    private static string[] Events(string told) =>
    [
        .. told.Split('\n').Where(static line => line.Contains(Gap, StringComparison.Ordinal))
            .Select(static line => line[(line.IndexOf(Gap, StringComparison.Ordinal) + Gap.Length)..]),
    ];
}
