using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Crds;
using KubeFed.KubeClient.Discovery;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Enable;

/// <summary>Tells whether a type has <c>spec.replicas</c> as an int32, so that its federated type gets <c>spec.retainReplicas</c>.</summary>
internal static class ReplicasField
{
    /// <summary>Looks in the type's CustomResourceDefinition, or for built-in types in the server's OpenAPI definitions.</summary>
    /// <exception cref="UserException">A built-in type without a definition.</exception>
    public static async Task<bool> IsInAsync(ClusterConnection host, ApiResource type, CancellationToken cancellationToken)
    {
        var crd = type.Resource.Group.Length == 0
            ? null
            : await host.Client.FindAsync(
                KubeResources.CustomResourceDefinitions, NamespacedName.Cluster(type.Resource.GroupResource.ToString()), null, cancellationToken);
        if (crd is not null)
        {
            return FederatedTypeFactory.HasReplicas(SchemaOf(crd, type.Resource.Version));
        }

        var definition = await host.OpenApi.FindKindAsync(type.Kind, cancellationToken)
            ?? throw new UserException(
                $"{host.Title} publishes no OpenAPI definition of {type.Kind}: enable a type that the server or a CustomResourceDefinition describes");
        return FederatedTypeFactory.HasReplicas(definition);
    }

    private static JsonNode? SchemaOf(KubeObject crd, string version)
    {
        var versions = crd.GetNode("spec", "versions") as JsonArray;
        var wanted = versions?.FirstOrDefault(v => (string?)v?["name"] == version) ?? versions?.FirstOrDefault();
        return wanted?["schema"]?["openAPIV3Schema"];
    }
}
