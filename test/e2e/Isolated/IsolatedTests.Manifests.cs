using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.e2e.Federations;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.KubeClient.Dynamic;
using KubeFed.TestSupport.Docs;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Processes;

namespace KubeFed.e2e.Isolated;

/// <content>A cluster that is joined as docs/clusters.md does it, with manifests, and with no more rights than they give.</content>
public sealed partial class IsolatedTests
{
    [Test]
    public async Task Join_ByManifests_WorksWithTheirRightsAndSaysWhichAreMissing()
    {
        var cluster = Federation.Clusters[1];
        var steps = FencedBlocks.Read(await File.ReadAllTextAsync(Repository.Combine("docs", "clusters.md"))).Select(static s => s.Commands).ToArray();
        Assert.That(steps, Has.Length.EqualTo(3));
        await Federation.UnjoinAsync(cluster);
        await FinishDeletionAsync(cluster);
        using var folder = new TempFolder();
        try
        {
            await RunAsync(steps[0], folder, cluster);
            await RunAsync(steps[1], folder, cluster);
            await UseRightsOfManifestsAsync(cluster);
        }
        finally
        {
            await RunAsync(steps[2], folder, cluster);
            await FinishDeletionAsync(cluster);
            await Federation.JoinAsync(cluster);
            await Federation.WaitForClusterAsync(cluster.Name, ready: true);
        }
    }

    private async Task UseRightsOfManifestsAsync(FederatedCluster cluster)
    {
        await Federation.WaitForClusterAsync(cluster.Name, ready: true);
        var @namespace = await Federation.CreateNamespaceAsync("manifests");
        await CreateConfigMapAsync(@namespace, Spec("{mode: fast}"));

        await SetVerbsAsync(cluster, "get", "list", "watch", "patch", "delete");
        var denied = await NewConfigMapAsync(@namespace);
        await denied.CreateAsync(Spec("{mode: slow}"));
        var status = await denied.HasStatusAsync(cluster, PropagationStatus.CreationFailed);
        Assert.That(
            status.Clusters.Single(c => c.Name == cluster.Name).Message,
            Does.StartWith($"the control plane may not create configmaps in namespace \"{@namespace}\" of cluster \"{cluster.Name}\": grant that there to "));
        var missing = $"create configmaps in namespace \"{@namespace}\"";
        await AuthorizedIsAsync(cluster, c => c?.Status == ConditionStatus.False && c.Message!.Contains(missing, StringComparison.Ordinal));

        await SetVerbsAsync(cluster, "get", "list", "watch", "create", "patch", "delete");
        await denied.IsInOrderAsync(Spec("{mode: slow}"), "grant of the missing right");
        await AuthorizedIsAsync(cluster, c => c?.Message!.Contains(missing, StringComparison.Ordinal) != true);
    }

    /// <summary>Runs commands of the document, in which the cluster and its context are called paris.</summary>
    private async Task RunAsync(string commands, TempFolder folder, FederatedCluster cluster)
    {
        var adapted = commands
            .Replace("--context paris", $"--context {cluster.Cluster.Name}", StringComparison.Ordinal)
            .Replace("--context host", $"--context {Federation.HostCluster.Name}", StringComparison.Ordinal)
            .Replace("paris", cluster.Name, StringComparison.Ordinal);
        var clusters = new[] { Federation.HostCluster, cluster.Cluster };
        (await ProcessRunner.RunAsync(
            "bash",
            ["-euo", "pipefail", "-c", $"kubectl() {{ '{cluster.Cluster.KubectlPath}' \"$@\"; }}\n{adapted}"],
            new ProcessOptions
            {
                Environment = new Dictionary<string, string?>
                {
                    ["KUBECONFIG"] = string.Join(Path.PathSeparator, clusters.Select(static c => c.KubeconfigPath)),
                    ["HOME"] = folder.Path,
                },
                WorkingDirectory = folder.Path,
                Timeout = Wait.Timeout,
            })).EnsureSuccess();
    }

    private Task AuthorizedIsAsync(FederatedCluster cluster, Func<ClusterCondition?, bool> isSo) => Wait.GetAsync(
        () => Federation.Host.GetAsync(
            FederationResources.KubeFedClusters,
            new NamespacedName(Federations.Federation.Namespace, cluster.Name),
            FederationJsonContext.Default.KubeFedCluster),
        c => isSo(c.FindCondition(ClusterConditionTypes.Authorized)),
        $"what {cluster} says of rights",
        static c => string.Join("; ", c.Status?.Conditions ?? []));

    private static Task SetVerbsAsync(FederatedCluster cluster, params string[] verbs) => cluster.Client.PatchAsync(
        WellKnown.ClusterRoles,
        NamespacedName.Cluster("kubefed-member"),
        Patch.Json(new JsonArray
        {
            new JsonObject { ["op"] = "replace", ["path"] = "/rules/1/verbs", ["value"] = new JsonArray([.. verbs.Select(static v => (JsonNode)v)]) },
        }));
}
