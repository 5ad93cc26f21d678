namespace KubeFed.e2e.Isolated;

/// <content>The end of the host's namespaces.</content>
public sealed partial class AggregatedInstallationTests
{
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
}
