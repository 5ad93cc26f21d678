using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.e2e.Json;

namespace KubeFed.e2e.Federations;

/// <summary>What a test writes into a federated object, and what it thus expects in each cluster.</summary>
internal sealed record FederatedSpec
{
    public JsonObject Template { get; init; } = [];

    /// <summary>The clusters it is placed in, by name.</summary>
    public required IReadOnlyList<string> Clusters { get; init; }

    /// <summary>What selects <see cref="Clusters"/>; where null they are named.</summary>
    public JsonObject? Selector { get; init; }

    /// <summary>Whether the clusters' own number of replicas is kept; default no.</summary>
    public bool RetainReplicas { get; init; }

    /// <summary>The values replaced, by cluster.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PathValue>> Overrides { get; init; } = new Dictionary<string, IReadOnlyList<PathValue>>();

    /// <summary>This with one more value replaced in a cluster.</summary>
    public FederatedSpec WithOverride(string cluster, string path, JsonNode value) => this with
    {
        Overrides = new Dictionary<string, IReadOnlyList<PathValue>>(Overrides)
        {
            [cluster] = [.. Overrides.GetValueOrDefault(cluster, []), new PathValue(path, value)],
        },
    };

    /// <summary>The federated object.</summary>
    public KubeObject ToObject(FederatedType type, NamespacedName key)
    {
        var metadata = new JsonObject { ["name"] = key.Name };
        if (!key.IsClusterScoped)
        {
            metadata["namespace"] = key.Namespace;
        }

        return KubeObject.FromNode(new JsonObject
        {
            ["apiVersion"] = type.FederatedKind.ApiVersion,
            ["kind"] = type.FederatedKind.Kind,
            ["metadata"] = metadata,
            ["spec"] = ToNode(),
        });
    }

    /// <summary>The federated object's spec.</summary>
    public JsonObject ToNode()
    {
        var spec = new JsonObject
        {
            ["template"] = Template.DeepClone(),
            ["placement"] = Selector is null
                ? new JsonObject { ["clusters"] = new JsonArray([.. Clusters.Select(c => new JsonObject { ["name"] = c })]) }
                : new JsonObject { ["clusterSelector"] = Selector.DeepClone() },
            ["overrides"] = new JsonArray([.. Overrides.Select(o => new JsonObject
            {
                ["clusterName"] = o.Key,
                ["clusterOverrides"] = new JsonArray([.. o.Value.Select(v => new JsonObject { ["path"] = v.Path, ["value"] = v.Value.DeepClone() })]),
            })]),
        };
        if (RetainReplicas)
        {
            spec["retainReplicas"] = true;
        }

        return spec;
    }

    /// <summary>What the object in a cluster must contain.</summary>
    public JsonNode Expected(string cluster)
    {
        var expected = Template.DeepClone().AsObject();
        expected.TryAdd("metadata", new JsonObject());
        foreach (var (path, value) in Overrides.GetValueOrDefault(cluster, []))
        {
            JsonPath.Set(expected, path, value);
        }

        return expected;
    }
}
