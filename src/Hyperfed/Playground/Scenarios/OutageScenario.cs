using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.Hyperfed.Playground.Fleets;

namespace KubeFed.Hyperfed.Playground.Scenarios;

/// <summary>A member stops. The others go on, also with a change that is made meanwhile, and it is brought in order when it returns.</summary>
internal sealed class OutageScenario : IScenario
{
    private const int ReplicasBefore = 2;
    private const int ReplicasAfter = 3;
    private const int OverrideAfter = 5;

    public string Name => "outage";

    public int FewestMembers => 2;

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var gone = stage.Clusters.Members[1];
        await StopAsync(stage, gone.Name, () => gone.StopAsync(cancellationToken), cancellationToken);
        await ChangeAsync(stage, gone.Name, cancellationToken);
        await gone.HealAsync(cancellationToken);
        stage.Tell($"{gone.Name} is back");
        await stage.UntilAsync(
            fleet => fleet.IsSettled && fleet.Member(gone.Name).Replicas == ReplicasAfter, $"{gone.Name} is brought in order", cancellationToken);
        stage.Tell(
            $"{gone.Name} is ready and has what it missed, {ReplicasAfter} replicas: nobody had to do anything",
            $"kubectl --context {gone.Name} get deployments -n {Sample.Namespace}");
    }

    private static async Task StopAsync(Stage stage, string gone, Func<Task> stop, CancellationToken cancellationToken)
    {
        await stop();
        stage.Tell($"{gone} is gone: its API server closes its connections and refuses new ones");
        var fleet = await stage.UntilAsync(fleet => !fleet.Member(gone).IsReady, $"{gone} is found not ready", cancellationToken);
        stage.Tell($"the federation says that it is not ready: {fleet.Member(gone).Health}", "kubectl get kubefedclusters -n kube-federation-system -o wide");
    }

    private static async Task ChangeAsync(Stage stage, string gone, CancellationToken cancellationToken)
    {
        await stage.ChangeAsync(
            cancellationToken,
            ("replace", "/spec/template/spec/replicas", ReplicasAfter),
            ("replace", "/spec/overrides/0/clusterOverrides/0/value", OverrideAfter));
        stage.Tell($"meanwhile a change: {ReplicasAfter} replicas instead of {ReplicasBefore}, and {OverrideAfter} in {Members.NameOf(1)}");
        var fleet = await stage.UntilAsync(fleet => IsFollowed(fleet, gone), $"the members but {gone} follow, and {gone} is reported", cancellationToken);
        string others = string.Join(", ", fleet.Members.Where(member => member.Name != gone).Select(static member => $"{member.Name} {member.ReadyReplicas}/{member.Replicas}"));
        stage.Tell($"the others have followed: {others}");
        stage.Tell(
            $"the status of the federated object says of {gone}: {StatusOf(fleet, gone)}",
            $"kubectl describe federateddeployment {Sample.Web.Name} -n {Sample.Namespace}");
    }

    private static bool IsFollowed(Fleet fleet, string gone) =>
        fleet.Members.Where(member => member.Name != gone).All(static member => member.IsRolledOut && member.Replicas is ReplicasAfter or OverrideAfter)
        && StatusOf(fleet, gone) == PropagationStatus.ClusterNotReady;

    private static string? StatusOf(Fleet fleet, string cluster) =>
        fleet.Objects.FirstOrDefault(static item => item.Kind == "FederatedDeployment" && item.Name == Sample.Web.Name)?.Clusters.GetValueOrDefault(cluster);
}
