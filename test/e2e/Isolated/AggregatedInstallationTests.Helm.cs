using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.e2e.Scenarios;
using KubeFed.HelmSupport;
using KubeFed.KubeClient.Dynamic;
using KubeFed.TestSupport.IO;

namespace KubeFed.e2e.Isolated;

/// <content>Helm: charts of users with federated objects, and upgrades of our own.</content>
public sealed partial class AggregatedInstallationTests
{
    private const string Greeting = "greeting";

    [Test]
    public async Task Chart_HoldsFederatedObject_IsInstalledUpgradedAndUninstalled()
    {
        using var folder = new TempFolder();
        var @namespace = await Federation.CreateNamespaceAsync("charts");
        var helm = new HelmClient(Federation.HostCluster, @namespace, folder.Path);

        await ApplyGreetingAsync(helm, "hello");
        await IsGreetedAsync(@namespace, "hello");

        await ApplyGreetingAsync(helm, "goodbye");
        await IsGreetedAsync(@namespace, "goodbye");

        await helm.UninstallAsync(Greeting);
        await IsGreetedAsync(@namespace, null);
    }

    [Test]
    public async Task Upgrade_SeveralReplicas_HostAnswersAllTheTime()
    {
        var federated = await CreateConfigMapAsync(await Federation.CreateNamespaceAsync("upgraded"));
        using var upgraded = new CancellationTokenSource();
        var failures = AnnotateUntilAsync(federated, upgraded.Token);

        await Installation.UpgradeAsync(Manifests.Node("apiServer: {logLevel: 3}"));
        await upgraded.CancelAsync();

        Assert.That(await failures, Is.Empty);
        Assert.That(Installation.ApiServers, Has.Count.EqualTo(2));
        await federated.UpdateAsync(Spec("{mode: fast}"));
        await federated.IsInOrderAsync(Spec("{mode: fast}"), "upgrade");
    }

    private static async Task<IReadOnlyList<string>> AnnotateUntilAsync(FederatedObjectDriver federated, CancellationToken end)
    {
        var failures = new List<string>();
        for (var i = 0; !end.IsCancellationRequested && failures.Count < 10; i++)
        {
            try
            {
                await federated.AnnotateAsync("example.com/turn", $"{i}");
            }
            catch (Exception e) when (e is StatusException or HttpRequestException)
            {
                failures.Add($"turn {i}: {e.Message}");
            }
        }

        return failures;
    }

    private Task ApplyGreetingAsync(HelmClient helm, string text) => helm.ApplyAsync(
        Greeting,
        Repository.Combine("test", "e2e", "testdata", "charts", Greeting),
        new JsonObject { ["text"] = text, ["clusters"] = new JsonArray([.. Federation.ClusterNames]) },
        "--wait",
        "--timeout",
        "60s");

    private async Task IsGreetedAsync(string @namespace, string? text)
    {
        foreach (var cluster in Federation.Clusters)
        {
            await Wait.GetAsync(
                () => cluster.Client.FindAsync(WellKnown.ConfigMaps, new NamespacedName(@namespace, Greeting)),
                found => found?.GetString("data", "text") == text,
                $"{cluster} to hold the text {text ?? "no more"}",
                static found => found?.ToString() ?? "nothing");
        }
    }
}
