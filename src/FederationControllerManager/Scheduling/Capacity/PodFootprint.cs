using System.Text.Json;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationControllerManager.Scheduling.Capacity;

/// <summary>
/// What one pod takes of a node and which nodes it may go to. As the scheduler of Kubernetes counts: the sum over the containers, or what an
/// init container needs where that is more, with sidecars running beside both, the overhead, and one of <c>pods</c>. A container without a
/// request takes its limit. Node selectors, affinity, spread, ports and volumes are not looked at, so the truth may be less.
/// </summary>
/// <param name="Requests">What it takes.</param>
/// <param name="Tolerations">The taints that it puts up with.</param>
internal sealed record PodFootprint(Amounts Requests, IReadOnlyList<Toleration> Tolerations)
{
    private const long OnePod = 1000;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = KubeObject.MaxDepth };

    /// <summary>The footprint of a pod's spec, given as JSON. What has a wrong shape takes nothing.</summary>
    public static PodFootprint Of(ReadOnlyMemory<byte> podSpec)
    {
        using var document = JsonDocument.Parse(podSpec, Options);
        var spec = document.RootElement;
        var running = new Amounts();
        var starting = new Amounts();
        foreach (var container in spec.Member("initContainers").Items())
        {
            var requests = RequestsOf(container);
            if (container.Text("restartPolicy") == "Always")
            {
                running.Add(requests);
                starting.RaiseTo(running);
                continue;
            }

            requests.Add(running);
            starting.RaiseTo(requests);
        }

        foreach (var container in spec.Member("containers").Items())
        {
            running.Add(RequestsOf(container));
        }

        running.RaiseTo(starting);
        running.Add(Amounts.Read(spec.Member("overhead")));
        running[Amounts.Pods] = OnePod;
        return new PodFootprint(running, Toleration.ReadAll(spec.Member("tolerations")));
    }

    /// <summary>Whether it may go to a node with these taints.</summary>
    public bool Tolerates(IReadOnlyList<Taint> taints) => taints.All(taint => Tolerations.Any(toleration => toleration.Covers(taint)));

    private static Amounts RequestsOf(JsonElement container)
    {
        var resources = container.Member("resources");
        var amounts = Amounts.Read(resources.Member("limits"));
        foreach (var (name, amount) in Amounts.Read(resources.Member("requests")))
        {
            amounts[name] = amount;
        }

        return amounts;
    }
}
