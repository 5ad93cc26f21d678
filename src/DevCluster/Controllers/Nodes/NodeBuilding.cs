using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.DevClusters.Controllers.Scheduling;

namespace KubeFed.DevClusters.Controllers.Nodes;

/// <summary>Nodes as their kubelets would describe them.</summary>
internal static class NodeBuilding
{
    /// <summary>The annotation with which a person takes a node away: <c>true</c> makes it unreachable until it is removed.</summary>
    public const string Down = "devcluster.kubefed.io/down";

    private const string KubeletVersion = "v1.36.0+devcluster";

    private static readonly (string Type, string Reason, string Message)[] Pressures =
    [
        ("MemoryPressure", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
        ("DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
        ("PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
    ];

    /// <summary>A node as it registers itself.</summary>
    public static KubeObject Build(DevNode node)
    {
        var builder = KubeObjectBuilder.New("v1", "Node").WithName(node.Name)
            .WithLabel("kubernetes.io/arch", "amd64")
            .WithLabel("kubernetes.io/hostname", node.Name)
            .WithLabel("kubernetes.io/os", "linux");
        foreach (var (key, value) in node.Labels)
        {
            builder.WithLabel(key, value);
        }

        return builder.With(new JsonObject(), "spec").Build();
    }

    public static bool IsDown(this KubeObject node) => node.Metadata.Annotations.TryGetValue(Down, out var down) && down == "true";

    /// <summary>The status of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="machine">What it has by itself; see <see cref="NodeCapacity.Of(KubeObject, DevNode?)"/>.</param>
    /// <param name="address">Its address.</param>
    /// <param name="now">The present time, for what has changed.</param>
    public static JsonObject Status(KubeObject node, DevNode? machine, string address, DateTimeOffset now)
    {
        var status = node.GetNode("status") as JsonObject ?? [];
        var capacity = NodeCapacity.Of(node, machine);
        status["capacity"] = capacity;
        status["allocatable"] = capacity.DeepClone();
        status["conditions"] = ToJson(Conditions(node, now));
        status["addresses"] = new JsonArray(
            new JsonObject { ["type"] = "InternalIP", ["address"] = address },
            new JsonObject { ["type"] = "Hostname", ["address"] = node.Metadata.Name });
        status["nodeInfo"] = Info(node);
        return status;
    }

    /// <summary>The taints that a node has to have, given those that it has.</summary>
    public static IReadOnlyList<Taint> TaintsOf(Node node, DateTimeOffset now)
    {
        var others = (node.Spec.Taints ?? []).Where(static taint => taint.Key != Taints.Unreachable && !IsCordon(taint)).ToList();
        if (node.Spec.Unschedulable == true)
        {
            others.Add(Present(Taints.Unschedulable, Taints.NoSchedule));
        }

        if (node.Object.IsDown())
        {
            others.Add(Present(Taints.Unreachable, Taints.NoSchedule));
            others.Add(Present(Taints.Unreachable, Taints.NoExecute));
        }

        return others;

        Taint Present(string key, string effect) =>
            node.Spec.Taints?.FirstOrDefault(taint => taint.Key == key && taint.Effect == effect) ?? new Taint { Key = key, Effect = effect, TimeAdded = now };
    }

    private static bool IsCordon(Taint taint) => taint is { Key: Taints.Unschedulable, Effect: Taints.NoSchedule };

    private static IReadOnlyList<Condition> Conditions(KubeObject node, DateTimeOffset now)
    {
        var conditions = node.ToNodeObject().Status.Conditions;
        foreach (var (type, reason, message) in Pressures)
        {
            conditions = node.IsDown()
                ? conditions.With(type, Condition.Unknown, "NodeStatusUnknown", "Kubelet stopped posting node status.", now)
                : conditions.With(type, Condition.False, reason, message, now);
        }

        conditions = node.IsDown()
            ? conditions.With("Ready", Condition.Unknown, "NodeStatusUnknown", "Kubelet stopped posting node status.", now)
            : conditions.With("Ready", Condition.True, "KubeletReady", "kubelet is posting ready status", now);
        return [.. conditions.Select(c => c with { LastHeartbeatTime = c.LastHeartbeatTime ?? now })];
    }

    private static JsonArray ToJson(IReadOnlyList<Condition> conditions) =>
        [.. conditions.Select(static c => System.Text.Json.JsonSerializer.SerializeToNode(c, WorkloadJsonContext.Default.Condition))];

    private static JsonObject Info(KubeObject node) => new()
    {
        ["architecture"] = "amd64",
        ["bootID"] = node.Metadata.Uid,
        ["containerRuntimeVersion"] = "simulated://1.0",
        ["kernelVersion"] = "simulated",
        ["kubeProxyVersion"] = "",
        ["kubeletVersion"] = KubeletVersion,
        ["machineID"] = node.Metadata.Uid,
        ["operatingSystem"] = "linux",
        ["osImage"] = "Simulated node",
        ["systemUUID"] = node.Metadata.Uid,
    };
}
