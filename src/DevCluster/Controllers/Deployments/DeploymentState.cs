using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.Deployments;

/// <summary>A deployment with its replica sets, and the bounds that follow from it.</summary>
internal sealed class DeploymentState
{
    public DeploymentState(Deployment deployment, IEnumerable<ReplicaSet> replicaSets)
    {
        Deployment = deployment;
        All = [.. replicaSets.Where(static set => !set.Metadata.IsDeleting).OrderBy(static set => set.Metadata.CreationTimestamp).ThenBy(static set => set.Name, StringComparer.Ordinal)];
        var template = deployment.Object.GetNode("spec", "template")!;
        New = All.FirstOrDefault(set => set.Object.GetNode("spec", "template") is { } other && TemplateHash.SameTemplate(template, other));
        Old = [.. All.Where(set => set != New)];
        (MaxSurge, MaxUnavailable) = Bounds(deployment.Spec);
    }

    public Deployment Deployment { get; }

    /// <summary>All replica sets that are not being deleted, the oldest first.</summary>
    public IReadOnlyList<ReplicaSet> All { get; }

    /// <summary>The oldest that has the deployment's template, or null.</summary>
    public ReplicaSet? New { get; }

    /// <summary>The others.</summary>
    public IReadOnlyList<ReplicaSet> Old { get; }

    /// <summary>Pods above the desired number that there may be.</summary>
    public int MaxSurge { get; }

    /// <summary>Pods below the desired number that there may be available.</summary>
    public int MaxUnavailable { get; }

    public int Desired => Deployment.Spec.DesiredReplicas;

    public int MinAvailable => Math.Max(0, Desired - MaxUnavailable);

    /// <summary>The revision that the new replica set has, or is to have.</summary>
    public long Revision => Math.Max(Old.Select(static set => set.Metadata.RevisionOf()).DefaultIfEmpty(0).Max() + 1, New?.Metadata.RevisionOf() ?? 0);

    /// <summary>Pods that replica sets ask for.</summary>
    public static int Total(IEnumerable<ReplicaSet> sets) => sets.Sum(static set => set.Spec.DesiredReplicas);

    // A surge share is rounded up and an unavailable share down; were both nothing, no pod could ever be replaced.
    private static (int MaxSurge, int MaxUnavailable) Bounds(DeploymentSpec spec)
    {
        if (spec.IsRecreate)
        {
            return (0, 0);
        }

        var quarter = new IntOrPercent(25, IsPercent: true);
        var surge = (spec.Strategy?.RollingUpdate?.MaxSurge ?? quarter).Of(spec.DesiredReplicas, roundUp: true);
        var unavailable = (spec.Strategy?.RollingUpdate?.MaxUnavailable ?? quarter).Of(spec.DesiredReplicas, roundUp: false);
        return (surge, surge == 0 && unavailable == 0 ? 1 : Math.Min(unavailable, spec.DesiredReplicas));
    }
}
