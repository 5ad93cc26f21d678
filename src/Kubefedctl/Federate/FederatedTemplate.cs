using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Federate;

/// <summary>Makes a federated object of a live one: what belongs to this one copy is left out of the template.</summary>
internal static class FederatedTemplate
{
    /// <summary>What tools and controllers keep for themselves: nobody misses it in a template.</summary>
    private static readonly string[] ToolAnnotations = ["kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision"];

    /// <summary>
    /// The federated object of the same name: template without identity, status and what the cluster assigned, a placement
    /// that selects every cluster.
    /// </summary>
    public static KubeObject Create(KubeObject live, ApiResource federatedType)
    {
        // A federated namespace lives in the namespace that it federates.
        var @namespace = IsNamespace(live) ? live.Metadata.Name : live.Metadata.Namespace;
        var federated = Manifest.Begin($"{federatedType.Group}/{federatedType.Version}", federatedType.Kind, @namespace, live.Metadata.Name);
        federated["spec"] = new JsonObject
        {
            ["placement"] = new JsonObject { ["clusterSelector"] = new JsonObject { ["matchLabels"] = new JsonObject() } },
            ["template"] = Template(live),
        };
        return KubeObject.FromNode(federated);
    }

    /// <summary>Warns of the annotations of an object, which its template goes without.</summary>
    public static void WarnOfAnnotations(KubeObject live, Progress progress)
    {
        var left = live.Metadata.Annotations.Keys.Except(ToolAnnotations, StringComparer.Ordinal).ToArray();
        if (left.Length > 0)
        {
            progress.Warn($"the annotations {string.Join(", ", left)} of {live.Title()} are left out; add to spec.template.metadata.annotations those that every copy should carry");
        }
    }

    private static JsonObject Template(KubeObject live)
    {
        var template = live.ToNode();
        template.Remove("apiVersion");
        template.Remove("kind");
        template.Remove("status");
        var labels = template["metadata"]?["labels"]?.DeepClone();
        template.Remove("metadata");
        if (labels is not null)
        {
            template["metadata"] = new JsonObject { ["labels"] = labels };
        }

        RemoveAssigned(live, template);
        return template;
    }

    private static void RemoveAssigned(KubeObject live, JsonObject template)
    {
        switch (live.GroupVersionKind.Group, live.Kind)
        {
            case ("", "Namespace"):
                RemoveFromSpec(template, "finalizers");
                break;
            case ("", "ServiceAccount"):
                template.Remove("secrets");
                break;
            case ("", "Service"):
                RemoveFromSpec(template, "clusterIP");
                RemoveFromSpec(template, "clusterIPs");
                RemoveNodePorts(template);
                break;
        }
    }

    private static void RemoveNodePorts(JsonObject template)
    {
        foreach (var port in template["spec"]?["ports"]?.AsArray() ?? [])
        {
            (port as JsonObject)?.Remove("nodePort");
        }
    }

    private static void RemoveFromSpec(JsonObject template, string field)
    {
        if (template["spec"] is not JsonObject spec)
        {
            return;
        }

        spec.Remove(field);
        if (spec.Count == 0)
        {
            template.Remove("spec");
        }
    }

    private static bool IsNamespace(KubeObject live) => live.Kind == "Namespace" && live.GroupVersionKind.Group.Length == 0;
}
