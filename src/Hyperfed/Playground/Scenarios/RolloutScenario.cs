using KubeFed.Hyperfed.Playground.Fleets;

namespace KubeFed.Hyperfed.Playground.Scenarios;

/// <summary>One write of a new image; every member replaces its pods, one by one.</summary>
internal sealed class RolloutScenario : IScenario
{
    private const string Image = "registry.k8s.io/pause:3.10";

    public string Name => "rollout";

    public int FewestMembers => 1;

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var least = stage.Fleet.Members.ToDictionary(static member => member.Name, static member => member.ReadyReplicas, StringComparer.Ordinal);
        var told = new Dictionary<string, int>(StringComparer.Ordinal);
        await stage.ChangeAsync(cancellationToken, ("replace", "/spec/template/spec/template/spec/containers/0/image", Image));
        stage.Tell(
            $"one write to the host: the template's image is {Image} now",
            $"kubectl --context {Members.NameOf(1)} rollout status deployment/{Sample.Web.Name} -n {Sample.Namespace}");
        await foreach (var fleet in stage.FollowAsync(IsDone, "every member runs the new image", cancellationToken))
        {
            foreach (var member in fleet.Members)
            {
                least[member.Name] = Math.Min(least[member.Name], member.ReadyReplicas);
                TellProgress(stage, member, told);
            }
        }

        foreach (var member in stage.Fleet.Members)
        {
            stage.Tell(
                $"{member.Name}: all {member.Replicas} pods are new; the fewest that were ready at any moment: {least[member.Name]} of {member.Replicas}",
                $"kubectl --context {member.Name} get replicasets -n {Sample.Namespace}");
        }
    }

    private static bool IsDone(Fleet fleet) => fleet.IsSettled && fleet.Members.All(static member => member.Image == Image);

    private static void TellProgress(Stage stage, MemberState member, Dictionary<string, int> told)
    {
        if (member.Image != Image || !member.IsObserved || told.GetValueOrDefault(member.Name) == member.UpdatedReplicas)
        {
            return;
        }

        told[member.Name] = member.UpdatedReplicas;
        stage.Tell($"{member.Name}: {member.UpdatedReplicas} of {member.Replicas} pods are new, {member.ReadyReplicas} ready");
    }
}
