using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.Kubefedctl.Objects;
using KubeFed.Kubefedctl.Tests.Fakes;

namespace KubeFed.Kubefedctl.Tests.Unjoin;

[Parallelizable(ParallelScope.All)]
public sealed class UnjoinTests
{
    private const string Namespace = FakeFederation.Namespace;

    [TestCase("Cluster")]
    [TestCase("Namespaced")]
    public async Task Unjoin_JoinedCluster_RemovesExactlyWhatJoinMade(string scope)
    {
        var federation = new FakeFederation(scope);
        var before = federation.Host.Names;
        await federation.RunAsync("join", "cluster1");

        Assert.That(await federation.RunAsync("unjoin", "cluster1"), Is.Zero, federation.Error);

        Assert.That(federation.Out, Is.Empty);
        Assert.That(federation.Member.Names, Is.Empty);
        Assert.That(federation.Host.Names, Is.EqualTo(before));
    }

    [Test]
    public async Task Unjoin_JoinedWithRole_KeepsTheRole()
    {
        var federation = new FakeFederation();
        federation.Member.Put(KubeResources.ClusterRoles, """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"narrow"}}""");
        await federation.RunAsync("join", "cluster1", "--role", "narrow");

        Assert.That(await federation.RunAsync("unjoin", "cluster1"), Is.Zero, federation.Error);

        Assert.That(federation.Member.Names, Is.EqualTo(new[] { "clusterroles.rbac.authorization.k8s.io narrow" }));
    }

    [Test]
    public async Task Unjoin_NamespaceHoldsOtherThings_IsKeptAndSaidWhy()
    {
        var federation = new FakeFederation();
        await federation.RunAsync("join", "cluster1");
        Put(federation.Member, "ConfigMap", "configmaps", "kube-root-ca.crt");
        Put(federation.Member, "ConfigMap", "configmaps", "settings");

        Assert.That(await federation.RunAsync("unjoin", "cluster1"), Is.Zero, federation.Error);

        Assert.That(federation.Member.Find(KubeResources.Namespaces, "", Namespace), Is.Not.Null);
        Assert.That(federation.Error, Does.Contain($"namespace/{Namespace} kept: it holds configmap/settings"));
    }

    [TestCase("custom.example.com", true)]
    [TestCase("metrics.k8s.io", false)]
    public async Task Unjoin_ApiOutOfOrder_KeepsTheNamespaceUnlessNothingCanBeStoredThere(string group, bool kept)
    {
        var federation = new FakeFederation();
        await federation.RunAsync("join", "cluster1");
        federation.Mapper.Failures[new GroupVersion(group, "v1")] = "the server is down";

        Assert.That(await federation.RunAsync("unjoin", "cluster1"), Is.Zero, federation.Error);

        Assert.That(federation.Member.Find(KubeResources.Namespaces, "", Namespace), kept ? Is.Not.Null : Is.Null);
        Assert.That(
            federation.Error.Contains("kept: it holds what is of custom.example.com/v1 (which cannot be discovered: the server is down)", StringComparison.Ordinal),
            Is.EqualTo(kept),
            federation.Error);
    }

    [Test]
    public async Task Unjoin_ResourceOnlyInAVersionNotPreferred_IsLookedAt()
    {
        var federation = new FakeFederation();
        await federation.RunAsync("join", "cluster1");
        federation.Mapper.Resources.Add(FakeRestMapper.Namespaced("batch", "v1beta1", "cronjobs", "CronJob") with { IsPreferredVersion = false });
        federation.Member.Put(
            new("batch", "v1beta1", "cronjobs"),
            $$"""{"apiVersion":"batch/v1beta1","kind":"CronJob","metadata":{"name":"nightly","namespace":"{{Namespace}}"} }""");

        Assert.That(await federation.RunAsync("unjoin", "cluster1"), Is.Zero, federation.Error);

        Assert.That(federation.Error, Does.Contain("kept: it holds cronjob.batch/nightly"));
    }

    [Test]
    public async Task Unjoin_NamespaceHoldsOnlyDefaults_IsDeleted()
    {
        var federation = new FakeFederation();
        await federation.RunAsync("join", "cluster1");
        Put(federation.Member, "ConfigMap", "configmaps", "kube-root-ca.crt");
        Put(federation.Member, "ServiceAccount", "serviceaccounts", "default");
        Put(federation.Member, "Event", "events", "anything");

        Assert.That(await federation.RunAsync("unjoin", "cluster1"), Is.Zero, federation.Error);

        Assert.That(federation.Member.Find(KubeResources.Namespaces, "", Namespace), Is.Null);
    }

    [Test]
    public async Task Unjoin_NamespaceNotMadeByJoin_IsKept()
    {
        var federation = new FakeFederation();
        federation.Member.Put(KubeResources.Namespaces, $$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{Namespace}}"} }""");
        await federation.RunAsync("join", "cluster1");

        Assert.That(await federation.RunAsync("unjoin", "cluster1"), Is.Zero, federation.Error);

        Assert.That(federation.Member.Names, Is.EqualTo(new[] { $"namespaces {Namespace}" }));
        Assert.That(federation.Error, Does.Contain("kept: join did not make it"));
    }

    [Test]
    public async Task Unjoin_HostItself_KeepsItsNamespace()
    {
        var federation = new FakeFederation();
        var before = federation.Host.Names;
        await federation.RunAsync("join", "host");

        Assert.That(await federation.RunAsync("unjoin", "host"), Is.Zero, federation.Error);

        Assert.That(federation.Host.Names, Is.EqualTo(before));
    }

    [Test]
    public async Task Unjoin_NotJoined_IsAnErrorThatListsWhatIs()
    {
        var federation = new FakeFederation();
        await federation.RunAsync("join", "cluster1");
        federation.Add("cluster2");

        Assert.That(await federation.RunAsync("unjoin", "cluster2"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain($"has no KubeFedCluster \"{Namespace}/cluster2\" (joined are cluster1)"));
    }

    [Test]
    public async Task Unjoin_NotJoinedWithForce_CleansTheMember()
    {
        var federation = new FakeFederation();
        await federation.RunAsync("join", "cluster1");
        await federation.Host.DeleteAsync(KubeResources.KubeFedClusters, new(Namespace, "cluster1"));

        Assert.That(await federation.RunAsync("unjoin", "cluster1", "--force"), Is.Zero, federation.Error);

        Assert.That(federation.Member.Names, Is.Empty);
    }

    [Test]
    public async Task Unjoin_MemberGone_NeedsForce()
    {
        var federation = new FakeFederation();
        var before = federation.Host.Names;
        await federation.RunAsync("join", "cluster1");
        federation.Member.Before = (_, _, _) => throw new HttpRequestException("cannot reach the API server https://cluster1");

        Assert.That(await federation.RunAsync("unjoin", "cluster1"), Is.EqualTo(1));
        Assert.That(federation.Error, Does.Contain("Error: member cluster \"cluster1\" (https://cluster1.example.com:6443): cannot reach the API server"));
        Assert.That(federation.Host.Find(KubeResources.KubeFedClusters, Namespace, "cluster1"), Is.Not.Null);

        Assert.That(await federation.RunAsync("unjoin", "cluster1", "--force"), Is.Zero, federation.Error);
        Assert.That(federation.Error, Does.Contain("Warning: what is left on the member stays"));
        Assert.That(federation.Host.Names, Is.EqualTo(before));
    }

    [Test]
    public async Task Unjoin_MemberRefusesOneStepWithForce_GoesOnWithTheRest()
    {
        var federation = new FakeFederation();
        await federation.RunAsync("join", "cluster1");
        federation.Member.Before = (verb, resource, name) =>
        {
            if (verb == "delete" && resource.Resource == "clusterroles")
            {
                throw StatusErrors.Forbidden(resource.GroupResource, name.Name, "no right");
            }
        };

        Assert.That(await federation.RunAsync("unjoin", "cluster1", "--force"), Is.Zero, federation.Error);

        Assert.That(federation.Member.Names, Has.Count.EqualTo(1));
        Assert.That(federation.Error, Does.Contain("Warning: member cluster"));
    }

    [Test]
    public async Task Unjoin_MemberAnswersBreakOffWithForce_StillDeregisters()
    {
        var federation = new FakeFederation();
        var before = federation.Host.Names;
        await federation.RunAsync("join", "cluster1");
        federation.Member.Before = static (verb, _, _) => throw (verb == "delete" ? new FormatException("no Kubernetes object") : new IOException("the answer broke off"));

        Assert.That(await federation.RunAsync("unjoin", "cluster1", "--force"), Is.Zero, federation.Error);

        Assert.That(federation.Error, Does.Contain("Warning: the answer broke off"));
        Assert.That(federation.Host.Names, Is.EqualTo(before));
    }

    [Test]
    public async Task Unjoin_SecretSharedWithAnotherCluster_IsKept()
    {
        var federation = new FakeFederation();
        await federation.RunAsync("join", "cluster1", "--secret-name", "shared");
        federation.Host.Put(
            KubeResources.KubeFedClusters,
            $$"""{"apiVersion":"core.kubefed.io/v1beta1","kind":"KubeFedCluster","metadata":{"name":"other","namespace":"{{Namespace}}"},"spec":{"secretRef":{"name":"shared"} } }""");

        Assert.That(await federation.RunAsync("unjoin", "cluster1"), Is.Zero, federation.Error);

        Assert.That(federation.Host.Find(KubeResources.Secrets, Namespace, "shared"), Is.Not.Null);
    }

    [Test]
    public async Task Unjoin_DryRun_ChangesNothing()
    {
        var federation = new FakeFederation();
        await federation.RunAsync("join", "cluster1");
        var (host, member) = (federation.Host.Names, federation.Member.Names);

        Assert.That(await federation.RunAsync("unjoin", "cluster1", "--dry-run"), Is.Zero, federation.Error);

        Assert.That((federation.Host.Names, federation.Member.Names), Is.EqualTo((host, member)));
        Assert.That(federation.Error, Does.Contain("kubefedcluster.core.kubefed.io/cluster1 deleted (dry run)"));
    }

    private static void Put(InMemoryApiServer server, string kind, string plural, string name) => server.Put(
        new("", "v1", plural),
        $$"""{"apiVersion":"v1","kind":"{{kind}}","metadata":{"name":"{{name}}","namespace":"{{Namespace}}"} }""");
}
