using KubeFed.Hyperfed.Playground.Fleets;

namespace KubeFed.Hyperfed.Tests.Playground.Fleets;

/// <summary>Fleets for tests.</summary>
internal static class SampleFleets
{
    public static MemberState Member { get; } = new()
    {
        Name = "cluster1",
        Region = "eu-west",
        IsReady = true,
        Nodes = 1,
        Pods = 2,
        RunningPods = 2,
        Replicas = 2,
        AllReplicas = 2,
        ReadyReplicas = 2,
        UpdatedReplicas = 2,
        IsObserved = true,
    };

    public static ObjectState Web { get; } = new()
    {
        Kind = "FederatedDeployment",
        Name = "web",
        IsPropagated = true,
        Clusters = new Dictionary<string, string> { ["cluster1"] = ObjectState.InOrder },
    };

    public static Fleet Settled { get; } = new([Member], [Web]);
}
