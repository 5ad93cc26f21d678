using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Discovery;

namespace KubeFed.Kubefedctl.Tests.Fakes;

/// <summary>A mapper over a list of resources.</summary>
internal sealed class FakeRestMapper : IRestMapper
{
    /// <summary>The versions that cannot be discovered, and why.</summary>
    public Dictionary<GroupVersion, string> Failures { get; } = [];

    public List<ApiResource> Resources { get; } =
    [
        Namespaced("", "v1", "configmaps", "ConfigMap", "cm"),
        Namespaced("", "v1", "secrets", "Secret"),
        Namespaced("", "v1", "serviceaccounts", "ServiceAccount", "sa"),
        Namespaced("", "v1", "services", "Service", "svc"),
        Namespaced("", "v1", "events", "Event", "ev"),
        Namespaced("apps", "v1", "deployments", "Deployment", "deploy"),
        Namespaced("apps", "v1", "replicasets", "ReplicaSet", "rs"),
        Namespaced("networking.k8s.io", "v1", "ingresses", "Ingress", "ing"),
        Namespaced("one.example.com", "v1", "widgets", "Widget"),
        Namespaced("two.example.com", "v1", "widgets", "Widget"),
        Namespaced("", "v1", "namespaces", "Namespace", "ns") with { Scope = ResourceScope.Cluster },
        Namespaced("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole") with { Scope = ResourceScope.Cluster },
    ];

    public static ApiResource Namespaced(string group, string version, string plural, string kind, params string[] shortNames) => new()
    {
        Resource = new GroupVersionResource(group, version, plural),
        Kind = new GroupVersionKind(group, version, kind),
        Scope = ResourceScope.Namespaced,
        SingularName = kind.ToLowerInvariant(),
        ShortNames = shortNames,
        Verbs = ["create", "delete", "get", "list", "watch"],
        IsPreferredVersion = true,
    };

    public Task<ApiResource> ResolveAsync(string name, CancellationToken cancellationToken = default)
    {
        var wanted = name.ToLowerInvariant();
        var hits = Resources.Where(r => r.IsPreferredVersion && Answers(r, wanted)).ToArray();
        return hits.Length switch
        {
            0 => throw new ResourceNotFoundException(name),
            1 => Task.FromResult(hits[0]),
            _ when hits.FirstOrDefault(h => h.Resource.Group.Length == 0) is { } core => Task.FromResult(core),
            _ => throw new AmbiguousResourceException(name, [.. hits.Select(h => h.Resource.GroupResource.ToString())]),
        };
    }

    public Task<ApiResource?> FindKindAsync(GroupVersionKind kind, CancellationToken cancellationToken = default) =>
        Task.FromResult(Resources.FirstOrDefault(r => r.Kind == kind));

    public Task<ApiResource?> FindResourceAsync(GroupVersionResource resource, CancellationToken cancellationToken = default) =>
        Task.FromResult(Resources.FirstOrDefault(r => r.Resource == resource));

    public Task<IReadOnlyList<ApiResource>> ListPreferredAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<ApiResource>>([.. Resources.Where(r => r.IsPreferredVersion)]);

    public void Invalidate()
    {
    }

    private static bool Answers(ApiResource resource, string name) =>
        resource.Resource.Resource == name
        || resource.SingularName == name
        || resource.Resource.GroupResource.ToString() == name
        || resource.ShortNames.Contains(name);
}
