using System.Text.Json.Nodes;

namespace KubeFed.Scale.Workloads;

/// <summary>The templates of the federated objects: of a size that is usual for their kind, with one value that changes by round.</summary>
internal static class Templates
{
    /// <summary>Three keys, about 1 KB.</summary>
    public static JsonObject ConfigMap(int round) => new()
    {
        ["metadata"] = new JsonObject { ["labels"] = Labels(round) },
        ["data"] = new JsonObject
        {
            ["greeting"] = $"round {round}",
            ["mode"] = "production",
            ["settings"] = new string('x', 940),
        },
    };

    /// <summary>One container with ports, environment, resources and probes.</summary>
    public static JsonObject Deployment(int round) => JsonNode.Parse($$$"""
        {
          "metadata": {"labels": {{{Labels(round).ToJsonString()}}}},
          "spec": {
            "replicas": 2,
            "selector": {"matchLabels": {"app": "bench"}},
            "template": {
              "metadata": {"labels": {"app": "bench"}},
              "spec": {
                "containers": [{
                  "name": "web",
                  "image": "example.com/web:{{{round}}}",
                  "ports": [{"name": "http", "containerPort": 8080}],
                  "env": [{"name": "MODE", "value": "production"}],
                  "resources": {"requests": {"cpu": "100m", "memory": "64Mi"}, "limits": {"memory": "128Mi"}},
                  "readinessProbe": {"httpGet": {"path": "/ready", "port": "http"}}
                }]
              }
            }
          }
        }
        """)!.AsObject();

    private static JsonObject Labels(int round) => new() { ["app"] = "bench", [Workload.RoundLabel] = $"{round}" };
}
