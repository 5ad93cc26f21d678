using System.Diagnostics;
using KubeFed.ApiMachinery.Identity;
using KubeFed.e2e.Installations;
using KubeFed.FederationApis;
using KubeFed.KubeClient.Dynamic;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.e2e.Isolated;

/// <content>Two replicas that have one etcd.</content>
public sealed partial class AggregatedInstallationTests
{
    private const string NewType = "federatedsecrets";

    // The promise is one second; machines that run tests may be slow.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    [Test]
    public async Task Replicas_TypeComesAndGoes_AllShowIt()
    {
        var replicas = Installation.ApiServers.Select(r => new ReplicaClient(Federation.HostCluster, r)).ToArray();
        try
        {
            Assert.That(replicas, Has.Length.EqualTo(2));
            await Federation.Host.CreateAsync(FederationResources.FederatedTypeConfigs, Manifests.Parse($$"""
                apiVersion: core.kubefed.io/v1beta1
                kind: FederatedTypeConfig
                metadata: {namespace: {{Federations.Federation.Namespace}}, name: secrets}
                spec:
                  targetType: {version: v1, kind: Secret, pluralName: secrets, scope: Namespaced}
                  federatedType: {group: types.kubefed.io, version: v1beta1, kind: FederatedSecret, pluralName: {{NewType}}, scope: Namespaced}
                  propagation: Enabled
                """));
            await ShowAsync(replicas, true);

            var key = new NamespacedName(Federations.Federation.Namespace, "secrets");
            await Federation.Host.DeleteAsync(FederationResources.FederatedTypeConfigs, key);
            await Wait.GetAsync(
                () => Federation.Host.FindAsync(FederationResources.FederatedTypeConfigs, key),
                static found => found is null,
                "the FederatedTypeConfig to be gone");
            await ShowAsync(replicas, false);
        }
        finally
        {
            Array.ForEach(replicas, static r => r.Dispose());
        }
    }

    [TestCase(0)]
    [TestCase(1)]
    public async Task Replicas_OneIsKilled_TheOtherServes(int killed)
    {
        var replica = Installation.ApiServers[killed];
        var @namespace = await Federation.CreateNamespaceAsync("replicas");
        var before = await CreateConfigMapAsync(@namespace);

        await replica.Process.KillAsync();
        try
        {
            await Wait.PassesAsync(() => before.UpdateAsync(Spec("{mode: fast}")), "the host to use the other replica");
            await before.IsInOrderAsync(Spec("{mode: fast}"), "end of a replica");
            var young = await CreateConfigMapAsync(@namespace);
            await young.DeleteAsync();
        }
        finally
        {
            await replica.StartAsync();
        }
    }

    private static async Task ShowAsync(ReplicaClient[] replicas, bool served)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(replicas.Select(r => Eventually.Equal(served, () => r.ServesAsync(NewType), $"{NewType} in discovery", LongestDelay)));
        await TestContext.Out.WriteLineAsync($"{NewType} {(served ? "came" : "went")} within {watch.ElapsedMilliseconds} ms");
    }
}
