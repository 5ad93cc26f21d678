using System.Text.Json.Nodes;

namespace KubeFed.Hyperfed.Playground.Scenarios;

/// <summary>More replicas than a member has room for: they wait there, and the member says why.</summary>
internal sealed class OverflowScenario : IScenario
{
    private const int TooMany = 4;

    public string Name => "overflow";

    public int FewestMembers => 1;

    public bool NeedsKnownRoom => true;

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var (number, room) = Smallest(stage.Clusters.Members.Count);
        string name = Members.NameOf(number);
        await OverrideAsync(stage, number, room + TooMany, cancellationToken);
        stage.Tell($"{name} has room for {room} pods; an override asks it for {room + TooMany}");
        var fleet = await stage.UntilAsync(
            fleet => fleet.Member(name) is { UnschedulablePods: TooMany } member && member.ReadyReplicas == room && fleet.Objects.All(static item => item.IsPropagated),
            $"{name} is full",
            cancellationToken);
        stage.Tell($"{name} runs {room}, and {TooMany} wait: {fleet.Member(name).Unschedulable}", $"kubectl --context {name} get pods -n {Sample.Namespace}");
        stage.Tell("the federated object is in order: the copy asks for what it should", $"kubectl get federateddeployment {Sample.Web.Name} -n {Sample.Namespace} -o yaml");
        stage.Tell("replicas that find no room do not move to another cluster: that takes a person, who takes the override back");
        await TakeBackAsync(stage, number, cancellationToken);
        fleet = await stage.UntilAsync(static fleet => fleet.IsSettled && fleet.Members.All(static member => member.UnschedulablePods == 0), "everything fits", cancellationToken);
        stage.Tell($"{name} runs {fleet.Member(name).ReadyReplicas} of {fleet.Member(name).Replicas}");
    }

    private static (int Number, int Room) Smallest(int members) =>
        Enumerable.Range(1, members).Select(static number => (number, Members.RoomOf(number))).MinBy(static member => member.Item2);

    // The sample has an override of its own for the first member.
    private static Task OverrideAsync(Stage stage, int number, int replicas, CancellationToken cancellationToken) => number == 1
        ? stage.ChangeAsync(cancellationToken, ("replace", "/spec/overrides/0/clusterOverrides/0/value", replicas))
        : stage.ChangeAsync(cancellationToken, ("add", "/spec/overrides/-", new JsonObject
        {
            ["clusterName"] = Members.NameOf(number),
            ["clusterOverrides"] = new JsonArray(new JsonObject { ["path"] = "/spec/replicas", ["value"] = replicas }),
        }));

    private static Task TakeBackAsync(Stage stage, int number, CancellationToken cancellationToken) => number == 1
        ? stage.ChangeAsync(cancellationToken, ("replace", "/spec/overrides/0/clusterOverrides/0/value", Sample.FirstMemberReplicas))
        : stage.ChangeAsync(cancellationToken, ("remove", "/spec/overrides/1", null));
}
