using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.Scheduling;

/// <summary>What pods ask of a node.</summary>
internal static class PodRequests
{
    /// <summary>
    /// The sum of the containers, or the largest init container where that is more, as Kubernetes counts; init containers that stay count
    /// with the containers. Pod-level requests stand in place of all that. One pod is among it.
    /// </summary>
    public static Amounts Of(PodSpec pod)
    {
        var containers = pod.Containers.Aggregate(default(Amounts), static (sum, c) => sum.Plus(Of(c.Resources)));
        var starting = default(Amounts);
        var staying = default(Amounts);
        foreach (var init in pod.InitContainers ?? [])
        {
            var wanted = Of(init.Resources);
            starting = starting.Max(wanted.Plus(staying));
            staying = init.RestartPolicy == "Always" ? staying.Plus(wanted) : staying;
        }

        var total = containers.Plus(staying).Max(starting);
        var own = Of(pod.Resources);
        return own.Resources.Aggregate(total, (sum, resource) => sum.With(resource, own[resource])).With(Amounts.Pods, 1);
    }

    private static Amounts Of(ResourceNeeds? needs) =>
        Amounts.Of((needs?.Limits ?? Empty).Concat(needs?.Requests ?? Empty).GroupBy(static q => q.Key, StringComparer.Ordinal).Select(static g => g.Last()));

    private static readonly IReadOnlyDictionary<string, ApiMachinery.Quantities.Quantity> Empty = new Dictionary<string, ApiMachinery.Quantities.Quantity>(StringComparer.Ordinal);
}
