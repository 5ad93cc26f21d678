namespace KubeFed.Hyperfed.Playground;

/// <summary>What to try, and what it shows. A test runs every command, in this order.</summary>
internal static class NextSteps
{
    private const string Scale =
        """kubectl patch federateddeployment web -n shop --type merge -p '{"spec":{"template":{"spec":{"replicas":3}}}}'""";

    private const string PlaceByLabel =
        """kubectl patch federatedconfigmap web -n shop --type merge -p '{"spec":{"placement":{"clusterSelector":{"matchLabels":{"tier":"edge"}}}}}'""";

    public static IReadOnlyList<string> Lines(int members)
    {
        string last = Members.NameOf(members);
        return
        [
            "Try next:",
            "",
            .. Step($"kubectl --context {Members.NameOf(1)} get pods -n shop", $"{Sample.FirstMemberReplicas} pods: an override says so for this cluster"),
            .. Step($"kubectl --context {last} delete deployment web -n shop", "gone by mistake in one cluster, and there again a second later"),
            .. Step(
                Scale,
                $"one write to the host, and every cluster but {Members.NameOf(1)} runs 3"),
            .. Step(
                $"kubectl label kubefedcluster {last} -n kube-federation-system tier=edge && {PlaceByLabel}",
                $"clusters have labels and placements select by them: only {last} keeps the ConfigMap"),
            .. Step("kubectl describe federateddeployment web -n shop", "which clusters hold it, and as events every write to them"),
        ];
    }

    private static string[] Step(string command, string shows) => [$"  {command}", $"      {shows}"];
}
