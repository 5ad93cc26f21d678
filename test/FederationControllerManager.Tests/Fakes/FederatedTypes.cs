using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationControllerManager.Sync;

namespace KubeFed.FederationControllerManager.Tests.Fakes;

/// <summary>Types and federated objects for tests.</summary>
internal static class FederatedTypes
{
    public static GroupVersionResource FederatedNamespaces { get; } = new("types.kubefed.io", "v1beta1", "federatednamespaces");

    public static FederatedType Of(string group, string version, string plural, string kind) => new(
        group.Length == 0 ? plural : $"{plural}.{group}",
        new GroupVersionResource(group, version, plural),
        new GroupVersionKind(group, version, kind),
        IsTargetNamespaced: true,
        new GroupVersionResource("types.kubefed.io", "v1beta1", "federated" + plural),
        new GroupVersionKind("types.kubefed.io", "v1beta1", "Federated" + kind));

    /// <summary>A federated object; of an earlier one it keeps what people leave alone when they edit.</summary>
    public static JsonObject Object(string kind, string @namespace, string name, string spec, KubeObject? earlier = null)
    {
        var tree = earlier?.ToNode() ?? new JsonObject
        {
            ["apiVersion"] = "types.kubefed.io/v1beta1",
            ["kind"] = kind,
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = @namespace },
        };
        tree["spec"] = JsonNode.Parse(spec);
        return tree;
    }
}
