using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.e2e.Installations;
using KubeFed.KubeClient.Dynamic;
using KubeFed.TestSupport.IO;

namespace KubeFed.e2e.Isolated;

/// <content>Charts of users, with federated objects.</content>
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
