using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Selectors;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Disruption;

/// <summary>Counts what disruption budgets allow.</summary>
internal sealed class DisruptionReconciler : ObjectReconciler
{
    private readonly IInformer _pods;
    private readonly Dictionary<string, IInformer> _owners;

    public DisruptionReconciler(Cluster cluster)
        : base(cluster, cluster.Informer(KubeResources.DisruptionBudgets))
    {
        _pods = cluster.Informer(KubeResources.Pods);
        _owners = new Dictionary<string, IInformer>(StringComparer.Ordinal)
        {
            ["ReplicaSet"] = cluster.Informer(KubeResources.ReplicaSets),
            ["StatefulSet"] = cluster.Informer(KubeResources.StatefulSets),
            ["Deployment"] = cluster.Informer(KubeResources.Deployments),
        };
    }

    /// <summary>The budgets that select a pod.</summary>
    public static IEnumerable<NamespacedName> Selecting(IInformer budgets, KubeObject pod) => budgets.Store.InNamespace(pod.Metadata.Namespace)
        .Where(budget => SelectorOf(budget).Matches(pod.Metadata.Labels))
        .Select(static budget => budget.Key);

    protected override async Task<ReconcileResult> ReconcileAsync(KubeObject value, CancellationToken cancellationToken)
    {
        if (value.Metadata.IsDeleting)
        {
            return ReconcileResult.Done;
        }

        var selector = SelectorOf(value);
        var pods = _pods.Store.InNamespace(value.Metadata.Namespace).Where(pod => selector.Matches(pod.Metadata.Labels)).Select(static pod => pod.ToPod()).ToList();
        var status = DisruptionStatuses.Of(value.ToDisruptionBudget(), pods, Wanted(pods), Cluster.Now);
        if (await Cluster.Client.WriteStatusAsync(
            KubeResources.DisruptionBudgets, value, status, WorkloadJsonContext.Default.DisruptionBudgetStatus, cancellationToken) is { } written)
        {
            Writes.Wrote(value.Key, Objects, written);
        }

        return ReconcileResult.Done;
    }

    private static Selector SelectorOf(KubeObject budget)
    {
        try
        {
            return LabelSelector.ToSelector(budget.ToDisruptionBudget().Spec.Selector);
        }
        catch (SelectorFormatException)
        {
            return Selector.Nothing;
        }
    }

    private int Wanted(List<Pod> pods)
    {
        var total = pods.Count(static pod => pod.Metadata.Controller() is null);
        var owners = pods.Select(pod => TopOwner(pod.Object)).OfType<KubeObject>().DistinctBy(static owner => owner.Metadata.Uid);
        return total + owners.Sum(static owner => owner.GetNode("spec", "replicas")?.GetValue<int>() ?? 1);
    }

    private KubeObject? TopOwner(KubeObject value)
    {
        KubeObject? top = null;
        for (var next = value; next?.Metadata.Controller() is { } reference && _owners.TryGetValue(reference.Kind, out var informer);)
        {
            next = informer.Store.Get(new NamespacedName(value.Metadata.Namespace, reference.Name));
            top = next ?? top;
        }

        return top;
    }
}
