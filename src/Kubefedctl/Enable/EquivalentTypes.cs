using KubeFed.ApiMachinery.Identity;

namespace KubeFed.Kubefedctl.Enable;

/// <summary>
/// Resources that servers serve in several groups as the same objects: two of one set must not be federated side by side,
/// or each would fight over the other's copies.
/// </summary>
internal static class EquivalentTypes
{
    private static readonly GroupResource[][] Sets =
    [
        Both("deployments", "apps", "extensions"),
        Both("daemonsets", "apps", "extensions"),
        Both("replicasets", "apps", "extensions"),
        Both("networkpolicies", "networking.k8s.io", "extensions"),
        Both("ingresses", "networking.k8s.io", "extensions"),
        Both("podsecuritypolicies", "policy", "extensions"),
        Both("events", "", "events.k8s.io"),
    ];

    /// <summary>Whether two different resources are the same objects.</summary>
    public static bool Are(GroupResource one, GroupResource other) =>
        one != other && Sets.Any(set => set.Contains(one) && set.Contains(other));

    private static GroupResource[] Both(string resource, string group, string other) => [new(group, resource), new(other, resource)];
}
