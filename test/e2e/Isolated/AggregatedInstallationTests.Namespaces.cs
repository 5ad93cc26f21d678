using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.e2e.Isolated;

/// <content>The host's namespaces, while the API server is there and while it is not.</content>
public sealed partial class AggregatedInstallationTests
{
    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web:1}]}
        """;

    [Test]
    public async Task NamespaceDeletion_HoldsFederatedObjects_TakesThemAndTheCopies()
    {
        var @namespace = await Federation.CreateNamespaceAsync("doomed");
        var federated = await CreateConfigMapAsync(@namespace);

        await KubectlAsync("delete", "namespace", @namespace, "--timeout=60s");

        await IsNamespaceGoneAsync(@namespace);
        foreach (var cluster in Federation.Clusters)
        {
            await federated.IsReleasedAsync(cluster, "deletion of the host's namespace");
        }
    }

    [Test]
    public async Task Outage_AllReplicas_HostWorksAndNamespaceDeletionWaits()
    {
        var federated = await CreateConfigMapAsync(await Federation.CreateNamespaceAsync("outage"));
        var (other, doomed) = (Names.Unique("other"), Names.Unique("doomed"));
        await KubectlAsync("create", "namespace", other);
        await KubectlAsync("create", "namespace", doomed);
        try
        {
            await StopApiServersAsync();
            await IsUnavailableAsync($"/apis/types.kubefed.io/v1beta1/namespaces/{federated.Key.Namespace}/federatedconfigmaps");
            await UseAsync(other);
            await KubectlAsync("delete", "namespace", doomed, "--wait=false");
            await IsWaitingAsync(doomed);
        }
        finally
        {
            await Task.WhenAll(Installation.ApiServers.Select(static replica => replica.StartAsync()));
        }

        await Installation.WaitUntilServedAsync();
        await IsNamespaceGoneAsync(doomed);
        await federated.UpdateAsync(Spec("{mode: fast}"));
        await federated.IsInOrderAsync(Spec("{mode: fast}"), "return of the API server");
    }

    private async Task StopApiServersAsync()
    {
        foreach (var replica in Installation.ApiServers)
        {
            Assert.That(await replica.Process.StopAsync(TimeSpan.FromSeconds(60)), Is.Zero, $"exit code of {replica.Process.Name}");
            Assert.That(replica.Process.TailLog(), Does.Contain("connections that had to be cut: 0"), $"the log of {replica.Process.Name}");
        }
    }

    private async Task IsUnavailableAsync(string path)
    {
        var result = await Federation.HostCluster.KubectlAsync("get", "--raw", path);
        Assert.That(result.ExitCode, Is.EqualTo(1), $"{result}");
        Assert.That(result.Error, Does.Contain("ServiceUnavailable"), $"{result}");
        Assert.That((await Federation.Host.GetPathAsync(path)).Code, Is.EqualTo(503), path);
    }

    private async Task UseAsync(string @namespace)
    {
        await KubectlAsync("create", "configmap", "settings", "--from-literal=mode=slow", "--namespace", @namespace);
        Assert.That(await KubectlAsync("get", "configmap", "settings", "-o", "jsonpath={.data.mode}", "--namespace", @namespace), Is.EqualTo("slow"));
        await KubectlAsync("delete", "configmap", "settings", "--namespace", @namespace);

        (await Federation.HostCluster.KubectlAsync(Deployment, ["create", "-f", "-", "--namespace", @namespace])).EnsureSuccess();
        Assert.That(await KubectlAsync("get", "deployment", "web", "-o", "name", "--namespace", @namespace), Does.Contain("web"));
        await KubectlAsync("delete", "deployment", "web", "--namespace", @namespace, "--timeout=30s");
        Assert.That(await KubectlAsync("get", "deployments", "-o", "name", "--namespace", @namespace), Is.Empty);
    }

    // By this condition the host's controller says that it has tried and cannot tell what the namespace holds.
    private Task IsWaitingAsync(string @namespace) => Wait.GetAsync(
        () => Federation.Host.GetAsync(WellKnown.Namespaces, NamespacedName.Cluster(@namespace)),
        static found => found.GetNode("status", "conditions") is JsonArray conditions
            && conditions.Any(static c => (string?)c?["type"] == "NamespaceDeletionDiscoveryFailure" && (string?)c?["status"] == "True"),
        $"the deletion of {@namespace} to wait",
        static found => found.GetNode("status")?.ToJsonString() ?? "no status");
}
