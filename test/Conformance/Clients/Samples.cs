using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.Conformance.Clients;

internal static class Samples
{
    public static readonly GroupVersionResource Namespaces = new("", "v1", "namespaces");
    public static readonly GroupVersionResource ConfigMaps = new("", "v1", "configmaps");
    public static readonly GroupVersionResource Deployments = new("apps", "v1", "deployments");

    public static KubeObject Namespace(string name) => KubeObject.FromNode(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Namespace",
        ["metadata"] = new JsonObject { ["name"] = name },
    });

    public static KubeObject ConfigMap(string @namespace, string name, string value, JsonObject? labels = null)
    {
        var node = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject { ["namespace"] = @namespace, ["name"] = name },
            ["data"] = new JsonObject { ["key"] = value },
        };
        if (labels is not null)
        {
            node["metadata"]!["labels"] = labels;
        }

        return KubeObject.FromNode(node);
    }

    public static KubeObject Deployment(string @namespace, string name) => KubeObject.FromNode(JsonNode.Parse(
        $$$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"namespace":"{{{@namespace}}}","name":"{{{name}}}"},
         "spec":{"replicas":1,"selector":{"matchLabels":{"app":"{{{name}}}"}},
          "template":{"metadata":{"labels":{"app":"{{{name}}}"}},"spec":{"containers":[{"name":"main","image":"none"}] } } } }
        """)!);
}
