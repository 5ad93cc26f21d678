using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Crds;

namespace KubeFed.Scale.Workloads;

/// <summary>The objects that are federated, as bytes ready to be sent.</summary>
internal sealed class Workload
{
    /// <summary>The label that tells which round of changes an object shows: 1 as created, 2 after the first change.</summary>
    public const string RoundLabel = "kubefed.io/round";

    private static readonly Workload[] All =
    [
        new("configmaps", new ApiResource { Version = "v1", Kind = "ConfigMap", PluralName = "configmaps", Scope = ResourceScopes.Namespaced }, Templates.ConfigMap),
        new(
            "deployments.apps",
            new ApiResource { Group = "apps", Version = "v1", Kind = "Deployment", PluralName = "deployments", Scope = ResourceScopes.Namespaced },
            Templates.Deployment,
            hasReplicas: true),
    ];

    private readonly Func<int, JsonObject> _template;

    private Workload(string name, ApiResource resource, Func<int, JsonObject> template, bool hasReplicas = false)
    {
        Name = name;
        Federation = new FederationTarget { Resource = resource, HasReplicas = hasReplicas };
        _template = template;
    }

    /// <summary>The names of all.</summary>
    public static IEnumerable<string> Names => All.Select(static workload => workload.Name);

    /// <summary><c>plural</c> or <c>plural.group</c> of the target.</summary>
    public string Name { get; }

    /// <summary>The type, as enabling it needs it.</summary>
    public FederationTarget Federation { get; }

    /// <summary>The members' resource.</summary>
    public GroupVersionResource Target => Federation.Resource.ToGroupVersionResource();

    /// <summary>The host's resource.</summary>
    public GroupVersionResource Federated => Federation.FederatedResource.ToGroupVersionResource();

    /// <summary>The workload of that name, or null.</summary>
    public static Workload? Find(string name) => All.FirstOrDefault(workload => workload.Name == name);

    /// <summary>The federated object of a round, placed in every cluster.</summary>
    public byte[] FederatedObject(NamespacedName name, int round) => Bytes(new JsonObject
    {
        ["apiVersion"] = Federation.FederatedResource.ToGroupVersionKind().ApiVersion,
        ["kind"] = Federation.FederatedResource.Kind,
        ["metadata"] = Metadata(name),
        ["spec"] = Spec(round),
    });

    /// <summary>The merge patch that brings a federated object to a round.</summary>
    public byte[] FederatedChange(int round) => Bytes(new JsonObject { ["spec"] = Spec(round) });

    /// <summary>The merge patch that brings a member's copy to a round.</summary>
    public byte[] MemberChange(int round) => Bytes(_template(round));

    /// <summary>The merge patch that makes a member's copy show no round any more: a change that the federation has to undo.</summary>
    public static byte[] Drift() => Bytes(new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [RoundLabel] = "0" } } });

    /// <summary>What a member ends up with.</summary>
    public byte[] MemberObject(NamespacedName name, int round)
    {
        var copy = _template(round);
        copy["apiVersion"] = Federation.Resource.ToGroupVersionKind().ApiVersion;
        copy["kind"] = Federation.Resource.Kind;
        var metadata = Metadata(name);
        metadata["labels"] = copy["metadata"]!["labels"]!.DeepClone();
        metadata["labels"]![FederationLabels.Managed] = FederationLabels.ManagedTrue;
        copy["metadata"] = metadata;
        return Bytes(copy);
    }

    private JsonObject Spec(int round) => new()
    {
        ["template"] = _template(round),
        ["placement"] = new JsonObject { ["clusterSelector"] = new JsonObject() },
    };

    private static JsonObject Metadata(NamespacedName name) => new() { ["name"] = name.Name, ["namespace"] = name.Namespace };

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}
