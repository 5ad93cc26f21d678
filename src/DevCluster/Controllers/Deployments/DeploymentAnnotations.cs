using System.Globalization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Controllers.Deployments;

/// <summary>The annotations that deployments and their replica sets carry.</summary>
internal static class DeploymentAnnotations
{
    public const string Revision = "deployment.kubernetes.io/revision";
    public const string RevisionHistory = "deployment.kubernetes.io/revision-history";
    public const string DesiredReplicas = "deployment.kubernetes.io/desired-replicas";
    public const string MaxReplicas = "deployment.kubernetes.io/max-replicas";
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";
    private const string RollbackTo = "deprecated.deployment.rollback.to";

    /// <summary>Whether an annotation of a deployment is its own and not passed on to its replica sets.</summary>
    public static bool IsOwn(string key) => key is Revision or RevisionHistory or DesiredReplicas or MaxReplicas or LastApplied or RollbackTo;

    /// <summary>A number in an annotation; null where it is missing or none.</summary>
    public static long? Number(this ObjectMeta metadata, string key) =>
        metadata.Annotations.TryGetValue(key, out var text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public static long RevisionOf(this ObjectMeta metadata) => metadata.Number(Revision) ?? 0;
}
