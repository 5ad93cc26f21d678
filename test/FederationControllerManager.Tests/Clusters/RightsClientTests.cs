using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.FederationControllerManager.Clusters;
using KubeFed.FederationControllerManager.Tests.Fakes;
using KubeFed.TestSupport.Time;

namespace KubeFed.FederationControllerManager.Tests.Clusters;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RightsClientTests
{
    private static readonly GroupVersionResource Deployments = new("apps", "v1", "deployments");
    private static readonly NamespacedName Web = new("shop", "web");
    private static readonly ApplyOptions Apply = new() { FieldManager = "kubefed" };

    private readonly FakeClusterApi _cluster = new();
    private readonly MissingRights _missing = new(new FakeTimeProvider());
    private readonly RightsClient _client;

    public RightsClientTests() => _client = new RightsClient(_cluster, "c1", _missing);

    [Test]
    public async Task Apply_Denied_NamesVerbResourceNamespaceClusterAndUser()
    {
        _cluster.Before = (_, _, _) => throw Denials.Of("patch", "deployments", "apps", "shop");

        var failure = await FailAsync(_client.ApplyAsync(Deployments, Web, new byte[2], Apply));

        Assert.That(
            failure.Message,
            Is.EqualTo($"the control plane may not patch deployments.apps in namespace \"shop\" of cluster \"c1\": grant that there to the user \"{Denials.User}\""));
        Assert.That(failure.IsForbidden, Is.True);
        Assert.That(_missing.Describe(), Does.Contain("may not patch deployments.apps in namespace \"shop\""));
    }

    [Test]
    public async Task Apply_RoleOfBindingIsMissing_SaysSo()
    {
        _cluster.Before = (_, _, _) => throw Denials.Of("patch", "deployments", "apps", "shop", ": RBAC: clusterrole.rbac.authorization.k8s.io \"narrow\" not found");

        var failure = await FailAsync(_client.ApplyAsync(Deployments, Web, new byte[2], Apply));

        Assert.That(failure.Message, Does.EndWith(" (RBAC: clusterrole.rbac.authorization.k8s.io \"narrow\" not found)"));
    }

    [TestCase("")]
    [TestCase("RBAC: role.rbac.authorization.k8s.io \"narrow\" not found")]
    public async Task Apply_CreationDeniedWithoutASentence_IsTheRightToCreate(string reason)
    {
        _cluster.Before = (_, _, _) => throw Denials.Forbidden($"deployments.apps \"web\" is forbidden: {reason}");

        var failure = await FailAsync(_client.ApplyAsync(Deployments, Web, new byte[2], Apply));

        Assert.That(
            failure.Message,
            Does.StartWith("the control plane may not create deployments.apps in namespace \"shop\" of cluster \"c1\": grant that there to the account whose token it uses"));
        Assert.That(_missing.IsEmpty, Is.False);
    }

    [Test]
    public async Task Apply_GrantedLater_IsMissingNoMore()
    {
        _cluster.Before = (_, _, _) => throw Denials.Of("create", "deployments", "apps", "shop");
        await FailAsync(_client.ApplyAsync(Deployments, Web, new byte[2], Apply));
        _cluster.Before = static (_, _, _) => { };

        await _client.ApplyAsync(Deployments, new NamespacedName("shop", "other"), new byte[2], Apply);
        Assert.That(_missing.IsEmpty, Is.False, "the other may have been there before");

        await _client.ApplyAsync(Deployments, Web, new byte[2], Apply);
        Assert.That(_missing.IsEmpty, Is.True);
    }

    [Test]
    public async Task Refusal_OfAdmission_NamesTheClusterAndIsNoMissingRight()
    {
        _cluster.Before = (_, _, _) => throw Denials.Forbidden("admission webhook \"policy\" denied the request: no");

        var failure = await FailAsync(_client.DeleteAsync(Deployments, Web));

        Assert.That(failure.Message, Is.EqualTo("cluster \"c1\" refused to delete deployments.apps in namespace \"shop\": admission webhook \"policy\" denied the request: no"));
        Assert.That(_missing.IsEmpty, Is.True);
    }

    [Test]
    public async Task OtherFailure_PassesThrough()
    {
        var conflict = StatusErrors.Conflict(Deployments.GroupResource, "web", "changed");
        _cluster.Before = (_, _, _) => throw conflict;

        Assert.That(await FailAsync(_client.UpdateAsync(Deployments, Objects.Copy("1"))), Is.SameAs(conflict));
    }

    [Test]
    public async Task Watch_Denied_IsNotedAndClearedWhenItOpens()
    {
        _cluster.Before = (_, _, _) => throw Denials.Of("watch", "deployments", "apps", "");
        Assert.That((await FailAsync(DrainAsync())).Message, Does.StartWith("the control plane may not watch deployments.apps of cluster \"c1\""));
        Assert.That(_missing.IsEmpty, Is.False);

        _cluster.Before = static (_, _, _) => { };
        Assert.That(await DrainAsync(), Is.EqualTo(1));
        Assert.That(_missing.IsEmpty, Is.True);
    }

    [TestCase("get")]
    [TestCase("list")]
    [TestCase("create")]
    [TestCase("update")]
    [TestCase("patch")]
    [TestCase("delete")]
    [TestCase("deletecollection")]
    public async Task Verbs_Denied_AreClearedByTheirOwnSuccess(string verb)
    {
        _cluster.Before = (_, _, name) => throw Denials.Of(verb, "deployments", "apps", name.Namespace);
        await FailAsync(SendAsync(verb));
        Assert.That(_missing.IsEmpty, Is.False);

        _cluster.Before = static (_, _, _) => { };
        await SendAsync(verb);
        Assert.That(_missing.IsEmpty, Is.True);
    }

    private Task SendAsync(string verb) => verb switch
    {
        "get" => _client.GetAsync(Deployments, Web),
        "list" => _client.ListAsync(Deployments, null),
        "create" => _client.CreateAsync(Deployments, Objects.Copy("1")),
        "update" => _client.UpdateAsync(Deployments, Objects.Copy("1")),
        "patch" => _client.PatchAsync(Deployments, Web, new Patch(PatchType.Merge, "{}"u8.ToArray())),
        "delete" => _client.DeleteAsync(Deployments, Web),
        _ => _client.DeleteCollectionAsync(Deployments, "shop"),
    };

    private async Task<int> DrainAsync()
    {
        var count = 0;
        await foreach (var _ in _client.WatchAsync(Deployments, null))
        {
            count++;
        }

        return count;
    }

    private static async Task<StatusException> FailAsync(Task call) => (await Assert.ThrowsAsync<StatusException>(() => call))!;
}
