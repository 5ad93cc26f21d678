using KubeFed.ApiMachinery.Identity;
using KubeFed.Kubefedctl.Objects;
using KubeFed.Kubefedctl.Tests.Fakes;

namespace KubeFed.Kubefedctl.Tests.Unjoin;

[Parallelizable(ParallelScope.All)]
public sealed class UnjoinCleanupTests
{
    private const string ManagedLabel = ""","labels":{"kubefed.io/managed":"true"}""";

    private static readonly GroupVersionResource ConfigMaps = new("", "v1", "configmaps");

    [Test]
    public async Task Cleanup_PropagatedObjects_AreDeletedAndOthersStay()
    {
        var federation = await JoinedAsync();
        PutNamespace(federation.Member, "shop", ManagedLabel);
        Put(federation.Member, "shop", "ours", ManagedLabel);
        PutNamespace(federation.Member, "mixed", ManagedLabel);
        Put(federation.Member, "mixed", "ours", ManagedLabel);
        Put(federation.Member, "mixed", "theirs", "");

        Assert.That(await federation.RunAsync("unjoin", "cluster1", "--cleanup"), Is.Zero, federation.Error);

        Assert.That(federation.Member.Names, Is.EqualTo(new[] { "configmaps mixed/theirs", "namespaces mixed" }), federation.Error);
        Assert.That(federation.Error, Does.Contain("member: 2 of configmaps deleted"));
        Assert.That(federation.Error, Does.Contain("member: namespace/shop deleted"));
        Assert.That(federation.Error, Does.Contain("member: namespace/mixed kept: it holds configmap/theirs"));
        Assert.That(federation.Host.Find(KubeResources.KubeFedClusters, FakeFederation.Namespace, "cluster1"), Is.Null);
    }

    [Test]
    public async Task Cleanup_Rights_GoBeforeTheObjects()
    {
        var federation = await JoinedAsync();
        Put(federation.Member, "shop", "ours", ManagedLabel);

        Assert.That(await federation.RunAsync("unjoin", "cluster1", "--cleanup"), Is.Zero, federation.Error);

        var deletions = federation.Member.Calls.Where(c => c.StartsWith("delete", StringComparison.Ordinal)).ToList();
        Assert.That(
            deletions.FindIndex(c => c.Contains("configmaps", StringComparison.Ordinal)),
            Is.GreaterThan(deletions.FindLastIndex(c => c.Contains("rbac", StringComparison.Ordinal) || c.Contains("serviceaccounts", StringComparison.Ordinal))));
    }

    [Test]
    public async Task Cleanup_HostAsMember_KeepsItsNamespacesWithoutTheLabel()
    {
        var federation = new FakeFederation();
        await federation.RunAsync("enable", "configmaps");
        await federation.RunAsync("join", "host");
        PutNamespace(federation.Host, "shop", ManagedLabel);
        Put(federation.Host, "shop", "ours", ManagedLabel);

        Assert.That(await federation.RunAsync("unjoin", "host", "--cleanup"), Is.Zero, federation.Error);

        var kept = federation.Host.Find(KubeResources.Namespaces, "", "shop");
        Assert.That(kept?.Metadata.Labels, Is.Not.Null.And.Empty, federation.Error);
        Assert.That(federation.Host.Find(ConfigMaps, "shop", "ours"), Is.Null);
    }

    [Test]
    public async Task Cleanup_NamespacedFederation_StaysInItsNamespace()
    {
        var federation = await JoinedAsync("Namespaced");
        PutNamespace(federation.Member, "shop", ManagedLabel);
        Put(federation.Member, "shop", "others", ManagedLabel);
        Put(federation.Member, FakeFederation.Namespace, "ours", ManagedLabel);

        Assert.That(await federation.RunAsync("unjoin", "cluster1", "--cleanup"), Is.Zero, federation.Error);

        Assert.That(federation.Member.Names, Is.EqualTo(new[] { "configmaps shop/others", "namespaces shop" }), federation.Error);
    }

    [Test]
    public async Task Cleanup_DryRun_ChangesNothing()
    {
        var federation = await JoinedAsync();
        PutNamespace(federation.Member, "shop", ManagedLabel);
        Put(federation.Member, "shop", "ours", ManagedLabel);
        var (host, member) = (federation.Host.Names, federation.Member.Names);

        Assert.That(await federation.RunAsync("unjoin", "cluster1", "--cleanup", "--dry-run"), Is.Zero, federation.Error);

        Assert.That((federation.Host.Names, federation.Member.Names), Is.EqualTo((host, member)));
        Assert.That(federation.Error, Does.Contain("member: 1 of configmaps deleted (dry run)"));
        Assert.That(federation.Error, Does.Contain("member: namespace/shop deleted unless it holds anything else (dry run)"));
    }

    [Test]
    public async Task Cleanup_ObjectsComeBack_FailsWithinItsBound()
    {
        var federation = await JoinedAsync();
        federation.Member.Before = (verb, resource, _) =>
        {
            if (verb == "list" && resource == ConfigMaps)
            {
                Put(federation.Member, "shop", "ours", ManagedLabel);
            }
        };

        Assert.That(await federation.RunAsync("unjoin", "cluster1", "--cleanup"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("objects of configmaps that were propagated come back; check that no control plane writes"));
        Assert.That(federation.Host.Find(KubeResources.KubeFedClusters, FakeFederation.Namespace, "cluster1"), Is.Not.Null, "to be tried again");
    }

    [Test]
    public async Task Unjoin_WithoutCleanup_KeepsWhatWasPropagated()
    {
        var federation = await JoinedAsync();
        Put(federation.Member, "shop", "ours", ManagedLabel);

        Assert.That(await federation.RunAsync("unjoin", "cluster1"), Is.Zero, federation.Error);

        Assert.That(federation.Member.Find(ConfigMaps, "shop", "ours"), Is.Not.Null);
    }

    private static async Task<FakeFederation> JoinedAsync(string scope = "Cluster")
    {
        var federation = new FakeFederation(scope);
        Assert.That(await federation.RunAsync("enable", "configmaps"), Is.Zero, federation.Error);
        Assert.That(await federation.RunAsync("enable", "namespaces"), Is.Zero, federation.Error);
        Assert.That(await federation.RunAsync("join", "cluster1"), Is.Zero, federation.Error);
        return federation;
    }

    private static void PutNamespace(InMemoryApiServer server, string name, string labels) => server.Put(
        KubeResources.Namespaces, $$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{name}}"{{labels}} } }""");

    private static void Put(InMemoryApiServer server, string @namespace, string name, string labels) => server.Put(
        ConfigMaps, $$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}","namespace":"{{@namespace}}"{{labels}} } }""");
}
