using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Core.V1Beta1;

namespace KubeFed.FederationApis.Crds;

/// <summary>Makes what enabling a type needs: the definition of <c>Federated&lt;Kind&gt;</c> and the type config.</summary>
public static class FederatedTypeFactory
{
    /// <summary>
    /// The CustomResourceDefinition, named <c>federated&lt;plural&gt;.&lt;group&gt;</c>, which any server from Kubernetes 1.16
    /// on accepts. Overrides, their operations, clusters and their states are map lists, so that several field managers can
    /// own entries.
    /// </summary>
    public static KubeObject CreateDefinition(FederationTarget target) => CreateDefinition(target, target.FederatedResource);

    /// <summary>The CustomResourceDefinition of a federated type that a FederatedTypeConfig names itself.</summary>
    /// <param name="target">The type that is federated.</param>
    /// <param name="federated">Group, version, kind, plural and scope of the federated type.</param>
    public static KubeObject CreateDefinition(FederationTarget target, ApiResource federated)
    {
        var definition = CrdCatalog.Read("templates/federated.yaml");
        definition["metadata"] = new JsonObject { ["name"] = $"{federated.PluralName}.{federated.Group}" };
        var spec = definition["spec"]!.AsObject();
        spec["group"] = federated.Group;
        spec["scope"] = federated.Scope;
        spec["names"] = Names(target, federated);
        var version = spec["versions"]![0]!.AsObject();
        version["name"] = federated.Version;
        var schema = version["schema"]!["openAPIV3Schema"]!;
        schema["description"] = Describe(target);
        if (!target.HasReplicas)
        {
            schema["properties"]!["spec"]!["properties"]!.AsObject().Remove("retainReplicas");
        }

        return KubeObject.FromNode(definition);
    }

    /// <summary>The type config, with propagation enabled and without status collection.</summary>
    /// <param name="target">The type.</param>
    /// <param name="controlPlaneNamespace">The control plane's namespace.</param>
    public static FederatedTypeConfig CreateTypeConfig(FederationTarget target, string controlPlaneNamespace) => new()
    {
        Metadata = new ObjectMeta { Name = target.Resource.ToConfigName(), Namespace = controlPlaneNamespace },
        Spec = new FederatedTypeConfigSpec
        {
            TargetType = target.Resource with { Group = string.IsNullOrEmpty(target.Resource.Group) ? null : target.Resource.Group },
            FederatedType = target.FederatedResource,
            Propagation = FeatureMode.Enabled,
        },
    };

    /// <summary>
    /// Whether an OpenAPI schema of a type, with references resolved at least down to <c>spec.replicas</c>, has an integer
    /// there (of format int32 or none). False for null and for anything else.
    /// </summary>
    public static bool HasReplicas(JsonNode? schema)
    {
        var replicas = Member(Member(Member(Member(schema, "properties"), "spec"), "properties"), "replicas");
        return Text(replicas, "type") == "integer" && Text(replicas, "format") is null or "" or "int32";
    }

    private static JsonObject Names(FederationTarget target, ApiResource federated)
    {
        var names = new JsonObject { ["kind"] = federated.Kind, ["plural"] = federated.PluralName };
        if (target.ShortNames.Count > 0)
        {
            names["shortNames"] = new JsonArray([.. target.ShortNames.Select(static n => (JsonNode)("f" + n))]);
        }

        return names;
    }

    private static string Describe(FederationTarget target) =>
        $"{KindNames.FederatedKind(target.Resource.Kind)} holds a {target.Resource.Kind} true in many clusters: a template, "
        + "a placement and what differs from cluster to cluster.";

    private static JsonNode? Member(JsonNode? node, string name) => (node as JsonObject)?[name];

    private static string? Text(JsonNode? node, string name) =>
        Member(node, name) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
