using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What the controllers read of a pod's spec.</summary>
internal sealed record PodSpec
{
    public string? NodeName { get; init; }

    public StringMap? NodeSelector { get; init; }

    public IReadOnlyList<ContainerSpec> Containers { get => field ?? []; init; }

    public IReadOnlyList<ContainerSpec>? InitContainers { get; init; }

    public IReadOnlyList<Toleration>? Tolerations { get; init; }

    public Affinity? Affinity { get; init; }

    public string? RestartPolicy { get; init; }

    public string? Hostname { get; init; }

    public string? Subdomain { get; init; }

    public string? SchedulerName { get; init; }

    public IReadOnlyList<SchedulingGate>? SchedulingGates { get; init; }

    public bool? HostNetwork { get; init; }

    public ResourceNeeds? Resources { get; init; }

    [JsonIgnore]
    public bool RestartsAlways => RestartPolicy is null or "Always";
}
