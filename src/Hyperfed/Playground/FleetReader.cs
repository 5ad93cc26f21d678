using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.DevClusters;
using KubeFed.FederationApis;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.Hyperfed.Playground;

/// <summary>Reads how the federation and its sample are: from the host what the control plane says, from the members what is there.</summary>
internal sealed class FleetReader(PlaygroundClusters clusters)
{
    private static readonly GroupVersionResource Nodes = new(string.Empty, "v1", "nodes");
    private static readonly GroupVersionResource Pods = new(string.Empty, "v1", "pods");
    private static readonly GroupVersionResource Deployments = new("apps", "v1", "deployments");
    private static readonly GroupVersionResource KubeFedClusters = new("core.kubefed.io", "v1beta1", "kubefedclusters");

    private static readonly GroupVersionResource[] Federated =
    [
        new("types.kubefed.io", "v1beta1", "federatednamespaces"),
        new("types.kubefed.io", "v1beta1", "federatedconfigmaps"),
        new("types.kubefed.io", "v1beta1", "federateddeployments"),
        new("types.kubefed.io", "v1beta1", "federatedservices"),
    ];

    private readonly IDynamicClient _host = clusters.Host.CreateClient();
    private readonly IReadOnlyList<(DevCluster Cluster, IDynamicClient Client)> _members =
        [.. clusters.Members.Select(static member => (member, member.CreateClient()))];

    /// <summary>How things are now.</summary>
    public async Task<Fleet> ReadAsync(CancellationToken cancellationToken)
    {
        var registered = await _host.ListAsync(KubeFedClusters, FederationNames.DefaultNamespace, null, cancellationToken);
        var ready = registered.Items.ToDictionary(static item => item.Metadata.Name, static item => IsTrue(item, "Ready"), StringComparer.Ordinal);
        var members = await Task.WhenAll(_members.Select(member => ReadMemberAsync(member.Cluster.Name, member.Client, ready, cancellationToken)));
        var objects = await Task.WhenAll(Federated.Select(resource => _host.ListAsync(resource, Sample.Namespace, null, cancellationToken)));
        return new Fleet(members, [.. objects.SelectMany(static list => list.Items).Select(ReadObject)]);
    }

    private static async Task<MemberState> ReadMemberAsync(
        string name, IDynamicClient client, Dictionary<string, bool> ready, CancellationToken cancellationToken)
    {
        var nodes = await client.ListAsync(Nodes, null, null, cancellationToken);
        var pods = await client.ListAsync(Pods, null, null, cancellationToken);
        var deployments = await client.ListAsync(Deployments, Sample.Namespace, null, cancellationToken);
        var web = deployments.Items.Count > 0 ? deployments.Items[0] : null;
        return new MemberState
        {
            Name = name,
            Region = (nodes.Items.Count > 0 ? nodes.Items[0] : null)?.Metadata.Labels.GetValueOrDefault("topology.kubernetes.io/region") ?? string.Empty,
            IsReady = ready.GetValueOrDefault(name),
            Nodes = nodes.Items.Count,
            Pods = pods.Items.Count,
            RunningPods = pods.Items.Count(static pod => pod.GetString("status", "phase") == "Running"),
            Replicas = web is null ? null : Number(web, "spec", "replicas"),
            ReadyReplicas = web is null ? 0 : Number(web, "status", "readyReplicas"),
        };
    }

    private static ObjectState ReadObject(KubeObject item) => new()
    {
        Kind = item.Kind,
        Name = item.Metadata.Name,
        IsPropagated = IsTrue(item, "Propagation") && Number(item, "status", "observedGeneration") == item.Metadata.Generation,
        Clusters = (item.GetNode("status", "clusters") as JsonArray ?? [])
            .Select(static entry => ((string?)entry!["name"] ?? string.Empty, (string?)entry["status"] ?? "OK"))
            .ToDictionary(static entry => entry.Item1, static entry => entry.Item2, StringComparer.Ordinal),
    };

    private static bool IsTrue(KubeObject item, string type) =>
        (item.GetNode("status", "conditions") as JsonArray)?.Any(c => (string?)c?["type"] == type && (string?)c["status"] == "True") == true;

    private static int Number(KubeObject item, params string[] path) => item.GetNode(path) is JsonValue value && value.TryGetValue(out int number) ? number : 0;
}
