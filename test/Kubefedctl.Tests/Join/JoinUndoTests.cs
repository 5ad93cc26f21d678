using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.Kubefedctl.Objects;
using KubeFed.Kubefedctl.Tests.Fakes;

namespace KubeFed.Kubefedctl.Tests.Join;

[Parallelizable(ParallelScope.All)]
public sealed class JoinUndoTests
{
    private const string Namespace = FakeFederation.Namespace;
    private const string AccountRole = "kubefed-controller-manager:cluster1-host";

    [TestCase("namespaces")]
    [TestCase("serviceaccounts")]
    [TestCase("clusterroles")]
    [TestCase("clusterrolebindings")]
    [TestCase("secrets")]
    [TestCase("kubefedclusters")]
    public async Task Join_AnswerToACreateIsLost_UndoesIt(string resource)
    {
        var federation = new FakeFederation();
        var before = federation.Host.Names;
        federation.Host.BeforeAnswer = federation.Member.BeforeAnswer = Fail(resource, new HttpRequestException("connection reset"));

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("connection reset"));
        Assert.That(federation.Member.Names, Is.Empty, federation.Error);
        Assert.That(federation.Host.Names, Is.EqualTo(before), federation.Error);
    }

    [TestCase("serviceaccounts")]
    [TestCase("secrets")]
    [TestCase("kubefedclusters")]
    public async Task Join_InterruptedDuringACreate_UndoesIt(string resource)
    {
        var federation = new FakeFederation();
        var before = federation.Host.Names;
        federation.Host.BeforeAnswer = federation.Member.BeforeAnswer = created =>
        {
            if (created.Resource == resource)
            {
                federation.Interrupt.Cancel();
            }
        };

        await federation.RunAsync("join", "cluster1");

        var joined = resource == "kubefedclusters";
        Assert.That(federation.Member.Names, joined ? Is.Not.Empty : Is.Empty, federation.Error);
        Assert.That(federation.Host.Names, joined ? Is.Not.EqualTo(before) : Is.EqualTo(before), federation.Error);
        Assert.That(federation.Error, Does.Contain(joined ? "joined" : "Error: interrupted"), "what is done when the interrupt comes is done");
    }

    [Test]
    public async Task Join_LostCreateOfAnObjectOfSomebodyElse_LeavesThat()
    {
        var federation = new FakeFederation();
        federation.Member.Before = (verb, resource, _) =>
        {
            if (verb == "create" && resource.Resource == "serviceaccounts")
            {
                federation.Member.Put(
                    KubeResources.ServiceAccounts,
                    $$"""{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"cluster1-host","namespace":"{{Namespace}}"} }""");
                throw new HttpRequestException("connection reset");
            }
        };

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.EqualTo(1));

        Assert.That(federation.Member.Names, Is.EqualTo(new[] { $"serviceaccounts {Namespace}/cluster1-host" }));
        Assert.That(federation.Error, Does.Contain("serviceaccount/cluster1-host is not there"));
    }

    [Test]
    public async Task Join_LostCreateTakesEffectLate_IsStillUndone()
    {
        var federation = new FakeFederation();
        var looks = 0;
        federation.Member.BeforeAnswer = Fail("serviceaccounts", new HttpRequestException("connection reset"));
        federation.Member.Before = (verb, resource, name) =>
        {
            if (verb == "get" && resource.Resource == "serviceaccounts" && ++looks < 3)
            {
                throw StatusErrors.NotFound(resource.GroupResource, name.Name);
            }
        };

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.EqualTo(1));

        Assert.That(federation.Member.Names, Is.Empty, federation.Error);
    }

    [Test]
    public async Task Join_CreateSentTwiceOnTheWay_TakesItsOwnObject()
    {
        var federation = new FakeFederation();
        federation.Member.BeforeAnswer = Fail(
            "clusterroles", StatusErrors.AlreadyExists(KubeResources.ClusterRoles.GroupResource, AccountRole));

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.Zero, federation.Error);
    }

    [Test]
    public async Task Join_UndoMeetsAnyException_GoesOnAndTellsTheFirstFailure()
    {
        var federation = new FakeFederation();
        federation.Host.Before = Fail("create", "kubefedclusters", StatusErrors.Forbidden(KubeResources.KubeFedClusters.GroupResource, "cluster1", "no right"));
        federation.Member.Before = Fail("delete", "clusterrolebindings", new IOException("the answer broke off"));

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Match("(?m)^Error: host cluster .*no right"));
        Assert.That(federation.Error, Does.Contain("could not be deleted and stays: the answer broke off"));
        Assert.That(federation.Member.Names, Is.EqualTo(new[] { $"clusterrolebindings.rbac.authorization.k8s.io {AccountRole}" }));
    }

    [Test]
    public async Task Join_UndoneObjectIsGoneAlready_IsNotSaidToBeDeleted()
    {
        var federation = new FakeFederation();
        federation.Host.Before = Fail("create", "kubefedclusters", StatusErrors.Forbidden(KubeResources.KubeFedClusters.GroupResource, "cluster1", "no right"));
        federation.Member.Before = Fail("delete", "clusterroles", StatusErrors.NotFound(KubeResources.ClusterRoles.GroupResource, AccountRole));

        await federation.RunAsync("join", "cluster1");

        Assert.That(federation.Error, Does.Contain($"clusterrole.rbac.authorization.k8s.io/{AccountRole} is not there"));
        Assert.That(federation.Error, Does.Not.Contain($"clusterrole.rbac.authorization.k8s.io/{AccountRole} deleted"));
    }

    [Test]
    public async Task Join_DryRunFails_ClaimsNoUndoing()
    {
        var federation = new FakeFederation();
        federation.Member.Before = Fail("get", "clusterroles", new HttpRequestException("connection reset"));

        Assert.That(await federation.RunAsync("join", "cluster1", "--dry-run"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("created (dry run)").And.Not.Contain("deleted").And.Not.Contain("undoing"));
    }

    [TestCase("clusterrolebindings")]
    [TestCase("roles")]
    public async Task Join_AgainWithAnotherRoleFails_PutsTheBindingBack(string failing)
    {
        var federation = new FakeFederation();
        await federation.RunAsync("join", "cluster1");
        var before = federation.Member.Names;
        federation.Member.Put(KubeResources.ClusterRoles, """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"narrow"} }""");
        var times = 0;
        federation.Member.Before = (verb, resource, name) =>
        {
            if (verb == "create" && resource.Resource == failing && times++ == 0)
            {
                throw StatusErrors.Forbidden(resource.GroupResource, name.Name, "no right to grant that");
            }
        };

        Assert.That(await federation.RunAsync("join", "cluster1", "--error-on-existing=false", "--role=narrow"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain($"{AccountRole} put back as it was"));
        Assert.That(federation.Member.Find(KubeResources.ClusterRoleBindings, "", AccountRole)?.GetString("roleRef", "name"), Is.EqualTo(AccountRole));
        Assert.That(federation.Member.Names.Except(before), Is.EqualTo(new[] { "clusterroles.rbac.authorization.k8s.io narrow" }));
    }

    private static Action<GroupVersionResource> Fail(string resource, Exception failure) => created =>
    {
        if (created.Resource == resource)
        {
            throw failure;
        }
    };

    private static Action<string, GroupVersionResource, NamespacedName> Fail(string verb, string resource, Exception failure) => (called, on, _) =>
    {
        if (called == verb && on.Resource == resource)
        {
            throw failure;
        }
    };
}
