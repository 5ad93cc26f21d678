using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Meta;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationControllerManager.Members;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>
/// Keeps an object beside a federated one that tells the members' status: KubeFed's FederatedServiceStatus. The federated object owns it,
/// so it goes by garbage collection.
/// </summary>
internal sealed class ServiceStatusWriter(FederatedType type, IDynamicClient host, MemberCaches caches)
{
    private static readonly ApplyOptions Apply = new()
    {
        FieldManager = FederationNames.FieldManager,
        Force = true,
        Representation = Representation.Metadata,
    };

    /// <summary>Brings the object in line with what the members say; writes only what differs.</summary>
    public async Task WriteAsync(FederatedObject source, ObjectState state, IEnumerable<ClusterView> clusters, CancellationToken cancellationToken)
    {
        var (resource, _) = type.StatusObject!.Value;
        var entries = Entries(source, clusters);
        var text = entries.ToJsonString();
        if (state.StatusObject == text)
        {
            return;
        }

        if (state.StatusObject is null
            && await host.FindAsync(resource, source.Source.Key, null, cancellationToken) is { } present
            && JsonNode.DeepEquals(present.GetNode("clusterStatus"), entries))
        {
            state.StatusObject = text;
            return;
        }

        var body = Encoding.UTF8.GetBytes(Build(source, entries).ToJsonString());
        await host.ApplyAsync(resource, source.Source.Key, body, Apply, cancellationToken);
        state.StatusObject = text;
    }

    /// <summary>An entry for each ready cluster, in the order of their names.</summary>
    private JsonArray Entries(FederatedObject source, IEnumerable<ClusterView> clusters)
    {
        var target = type.TargetOf(source.Source.Key);
        var entries = new JsonArray();
        foreach (var cluster in clusters)
        {
            if (cluster is { IsReady: true, Member: { } member })
            {
                var status = caches.Get(member)?.StatusOf(target) is { } json ? JsonNode.Parse(json.Span) : null;
                entries.Add(new JsonObject { ["clusterName"] = cluster.Name, ["status"] = status ?? new JsonObject() });
            }
        }

        return entries;
    }

    private JsonObject Build(FederatedObject source, JsonArray entries)
    {
        var kind = type.StatusObject!.Value.Kind;
        return new JsonObject
        {
            ["apiVersion"] = kind.ApiVersion,
            ["kind"] = kind.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = source.Metadata.Name,
                ["namespace"] = source.Metadata.Namespace,
                ["ownerReferences"] = new JsonArray(new JsonObject
                {
                    ["apiVersion"] = source.Source.ApiVersion,
                    ["kind"] = source.Source.Kind,
                    ["name"] = source.Metadata.Name,
                    ["uid"] = source.Metadata.Uid,
                }),
            },
            ["clusterStatus"] = entries,
        };
    }
}
