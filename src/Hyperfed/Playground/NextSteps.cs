namespace KubeFed.Hyperfed.Playground;

/// <summary>What to try, and what it shows.</summary>
internal static class NextSteps
{
    private static readonly (string Command, string Shows)[] Steps =
    [
        ("kubectl get federateddeployments -n shop", "the deployment that is kept true everywhere"),
        ("kubectl --context cluster1 get pods -n shop", "its pods in one member: an override says 4 replicas there"),
        ("kubectl --context cluster2 delete deployment web -n shop", "gone by mistake - and back within a second"),
        ("kubectl patch federateddeployment web -n shop --type merge -p '{\"spec\":{\"template\":{\"spec\":{\"replicas\":3}}}}'", "one write changes all members but cluster1"),
        ("kubectl label kubefedcluster cluster2 -n kube-federation-system env=test && kubectl describe federateddeployment web -n shop", "clusters have labels, and placements select by them"),
    ];

    public static void Print(TextWriter output, string kubeconfig)
    {
        output.WriteLine();
        output.WriteLine($"export KUBECONFIG={kubeconfig}");
        output.WriteLine();
        output.WriteLine("Try next:");
        foreach (var (command, shows) in Steps)
        {
            output.WriteLine($"  {command}");
            output.WriteLine($"      {shows}");
        }
    }
}
