using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.DevClusters.Controllers.Machinery;

namespace KubeFed.DevClusters.Controllers.Deployments;

/// <summary>The replica sets of deployments, and what deployments write into them.</summary>
internal static class ReplicaSetBuilding
{
    /// <summary>The new replica set of a deployment, named after the hash of its template.</summary>
    public static KubeObject Build(DeploymentState state, int replicas)
    {
        var deployment = state.Deployment;
        var source = deployment.Object.ToNode();
        var template = source["spec"]!["template"]!.DeepClone().AsObject();
        var hash = TemplateHash.Of(template, deployment.Status.CollisionCount ?? 0);
        template.Labelled(TemplateHash.Label, hash);
        var selector = source["spec"]!["selector"]?.DeepClone() as JsonObject ?? [];
        selector.Put(hash, "matchLabels", TemplateHash.Label);
        var spec = new JsonObject { ["replicas"] = replicas, ["selector"] = selector, ["template"] = template };
        if (deployment.Spec.MinReadySeconds > 0)
        {
            spec["minReadySeconds"] = deployment.Spec.MinReadySeconds;
        }

        var root = new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ReplicaSet",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{deployment.Name}-{hash}",
                ["namespace"] = deployment.Namespace,
                ["labels"] = template["metadata"]!["labels"]!.DeepClone(),
                ["annotations"] = Annotations(state),
                ["ownerReferences"] = Ownership.ReferenceTo(deployment.Object),
            },
            ["spec"] = spec,
        };
        return KubeObject.FromNode(root);
    }

    /// <summary>
    /// What the new replica set must be told because the deployment or the revision has changed, as a merge patch; null when it knows.
    /// </summary>
    public static JsonObject? Refresh(DeploymentState state)
    {
        var set = state.New!;
        var wanted = Annotations(state);
        var annotations = new JsonObject();
        foreach (var (key, value) in wanted)
        {
            if (!set.Metadata.Annotations.TryGetValue(key, out var present) || present != (string)value!)
            {
                annotations[key] = value!.DeepClone();
            }
        }

        var former = set.Metadata.RevisionOf();
        if (annotations.ContainsKey(DeploymentAnnotations.Revision) && former > 0)
        {
            annotations[DeploymentAnnotations.RevisionHistory] = set.Metadata.Annotations.TryGetValue(DeploymentAnnotations.RevisionHistory, out var history)
                ? $"{history},{former}"
                : former.ToString(CultureInfo.InvariantCulture);
        }

        var patch = new JsonObject();
        if (annotations.Count > 0)
        {
            patch.Put(annotations, "metadata", "annotations");
        }

        if (set.Spec.MinReadySeconds != state.Deployment.Spec.MinReadySeconds)
        {
            patch.Put(state.Deployment.Spec.MinReadySeconds, "spec", "minReadySeconds");
        }

        return patch.Count == 0 ? null : patch;
    }

    /// <summary>The size of a replica set and what it says of the deployment's, as a merge patch.</summary>
    public static JsonObject Scale(DeploymentState state, int replicas) => new()
    {
        ["metadata"] = new JsonObject { ["annotations"] = Sizes(state) },
        ["spec"] = new JsonObject { ["replicas"] = replicas },
    };

    private static JsonObject Annotations(DeploymentState state)
    {
        var annotations = Sizes(state);
        annotations[DeploymentAnnotations.Revision] = state.Revision.ToString(CultureInfo.InvariantCulture);
        foreach (var (key, value) in state.Deployment.Metadata.Annotations)
        {
            if (!DeploymentAnnotations.IsOwn(key))
            {
                annotations[key] = value;
            }
        }

        return annotations;
    }

    private static JsonObject Sizes(DeploymentState state) => new()
    {
        [DeploymentAnnotations.DesiredReplicas] = state.Desired.ToString(CultureInfo.InvariantCulture),
        [DeploymentAnnotations.MaxReplicas] = (state.Desired + state.MaxSurge).ToString(CultureInfo.InvariantCulture),
    };
}
