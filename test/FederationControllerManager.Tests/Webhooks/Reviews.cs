using System.Text.Json.Nodes;

namespace KubeFed.FederationControllerManager.Tests.Webhooks;

/// <summary>AdmissionReviews as an API server sends them.</summary>
internal static class Reviews
{
    public static JsonObject Of(string kind, string resource, string spec, string? oldSpec = null, string subresource = "", string? status = null)
    {
        var group = kind.StartsWith("Federated", StringComparison.Ordinal) && kind != "FederatedTypeConfig" ? "types.kubefed.io" : "core.kubefed.io";
        var request = new JsonObject
        {
            ["uid"] = "u-1",
            ["kind"] = new JsonObject { ["group"] = group, ["version"] = "v1beta1", ["kind"] = kind },
            ["resource"] = new JsonObject { ["group"] = group, ["version"] = "v1beta1", ["resource"] = resource },
            ["name"] = "web",
            ["namespace"] = "shop",
            ["operation"] = oldSpec is null ? "CREATE" : "UPDATE",
            ["object"] = Object(group, kind, spec, status),
            ["oldObject"] = oldSpec is null ? null : Object(group, kind, oldSpec, null),
        };
        if (subresource.Length > 0)
        {
            request["subResource"] = subresource;
        }

        return new JsonObject { ["apiVersion"] = "admission.k8s.io/v1", ["kind"] = "AdmissionReview", ["request"] = request };
    }

    private static JsonObject Object(string group, string kind, string spec, string? status)
    {
        var value = new JsonObject
        {
            ["apiVersion"] = group + "/v1beta1",
            ["kind"] = kind,
            ["metadata"] = new JsonObject { ["name"] = kind == "FederatedTypeConfig" ? "configmaps" : "web", ["namespace"] = "shop" },
            ["spec"] = JsonNode.Parse(spec),
        };
        if (status is not null)
        {
            value["status"] = JsonNode.Parse(status);
        }

        return value;
    }
}
