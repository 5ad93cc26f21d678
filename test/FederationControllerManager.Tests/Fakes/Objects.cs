using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationControllerManager.Tests.Fakes;

/// <summary>Makes objects for tests.</summary>
internal static class Objects
{
    public static KubeObject Copy(string version, string uid = "u1", long generation = 0, string managed = "true", bool deleting = false, string name = "a")
    {
        var metadata = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = "ns",
            ["uid"] = uid,
            ["resourceVersion"] = version,
            ["labels"] = new JsonObject { ["kubefed.io/managed"] = managed },
        };
        if (generation > 0)
        {
            metadata["generation"] = generation;
        }

        if (deleting)
        {
            metadata["deletionTimestamp"] = "2026-01-01T00:00:00Z";
        }

        return KubeObject.FromNode(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = metadata });
    }

    public static KubeObject Federated(string spec = """{"template":{"data":{"k":"v"}}}""", string uid = "f1", long generation = 1, string name = "a") =>
        KubeObject.FromNode(new JsonObject
        {
            ["apiVersion"] = "types.kubefed.io/v1beta1",
            ["kind"] = "FederatedConfigMap",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = "ns",
                ["uid"] = uid,
                ["resourceVersion"] = "1",
                ["generation"] = generation,
                ["finalizers"] = new JsonArray { "kubefed.io/sync-controller" },
            },
            ["spec"] = JsonNode.Parse(spec),
        });
}
