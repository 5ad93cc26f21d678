using KubeFed.ApiMachinery.Objects;
using KubeFed.Kubefedctl.Join;
using KubeFed.Kubefedctl.Objects;
using KubeFed.Kubefedctl.Tests.Fakes;

namespace KubeFed.Kubefedctl.Tests.Join;

[Parallelizable(ParallelScope.All)]
public sealed class JoinForeignObjectsTests
{
    private const string Namespace = FakeFederation.Namespace;

    [Test]
    public async Task Join_SecretNameOfAForeignSecret_IsRefusedBeforeAnythingIsMade()
    {
        var federation = new FakeFederation();
        var foreign = PutSecret(federation.Host, "X", "");
        var before = federation.Host.Names;

        Assert.That(await federation.RunAsync("join", "cluster1", "--secret-name", "X", "--error-on-existing=false"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain($"secret \"{Namespace}/X\" exists and was not made by join"));
        Assert.That(federation.Host.Find(KubeResources.Secrets, Namespace, "X"), Is.SameAs(foreign));
        Assert.That((federation.Host.Names, federation.Member.Names.Count), Is.EqualTo((before, 0)));
    }

    [Test]
    public async Task Join_SecretNameOfAnotherCluster_IsRefused()
    {
        var federation = new FakeFederation();
        await federation.RunAsync("join", "host", "--secret-name", "mine");
        var theirs = federation.Host.Find(KubeResources.Secrets, Namespace, "mine");

        Assert.That(await federation.RunAsync("join", "cluster1", "--secret-name", "mine", "--error-on-existing=false"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("is that of the cluster \"host\"; choose another --secret-name"));
        Assert.That(federation.Host.Find(KubeResources.Secrets, Namespace, "mine"), Is.SameAs(theirs));
    }

    [Test]
    public async Task Join_AgainWithAnotherSecretName_KeepsAnOldOneThatAnotherClusterUses()
    {
        var federation = new FakeFederation();
        await federation.RunAsync("join", "cluster1", "--secret-name", "shared");
        PutRegistration(federation.Host, "shared", "other");

        Assert.That(await federation.RunAsync("join", "cluster1", "--error-on-existing=false", "--secret-name", "mine"), Is.Zero, federation.Error);

        Assert.That(federation.Host.Find(KubeResources.Secrets, Namespace, "shared"), Is.Not.Null);
    }

    [Test]
    public async Task Join_AgainWithASecretMadeByHand_KeepsItsOtherKeysAndAddsNoLabel()
    {
        var federation = new FakeFederation();
        PutSecret(federation.Host, "byhand", "");
        PutRegistration(federation.Host, "byhand");

        Assert.That(await federation.RunAsync("join", "cluster1", "--error-on-existing=false"), Is.Zero, federation.Error);

        var secret = federation.Host.Find(KubeResources.Secrets, Namespace, "byhand")!;
        Assert.That(secret.GetString("data", "other"), Is.EqualTo("b3RoZXI="));
        Assert.That(secret.GetString("data", "token"), Is.Not.Null.And.Not.EqualTo("b2xk"));
        Assert.That(JoinLabels.AreOn(secret), Is.False);
    }

    [Test]
    public async Task Join_AccountOfSomebodyElseTakenOver_GetsNoLabelAndOutlivesUnjoin()
    {
        var federation = new FakeFederation();
        federation.Member.Put(
            KubeResources.ServiceAccounts,
            $$"""{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"cluster1-host","namespace":"{{Namespace}}"} }""");

        Assert.That(await federation.RunAsync("join", "cluster1", "--error-on-existing=false"), Is.Zero, federation.Error);
        Assert.That(JoinLabels.AreOn(federation.Member.Find(KubeResources.ServiceAccounts, Namespace, "cluster1-host")!), Is.False);

        Assert.That(await federation.RunAsync("unjoin", "cluster1"), Is.Zero, federation.Error);
        Assert.That(federation.Member.Find(KubeResources.ServiceAccounts, Namespace, "cluster1-host"), Is.Not.Null);
        Assert.That(federation.Error, Does.Contain("serviceaccount/cluster1-host kept: join did not make it"));
    }

    [Test]
    public async Task Unjoin_ForcedOfANeverJoinedCluster_LeavesWhatHasItsNames()
    {
        var federation = new FakeFederation();
        federation.Member.Put(
            KubeResources.ServiceAccounts,
            $$"""{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"cluster1-host","namespace":"{{Namespace}}"} }""");
        PutSecret(federation.Member, "cluster1-host-token", "");
        var before = federation.Member.Names;

        Assert.That(await federation.RunAsync("unjoin", "cluster1", "--force"), Is.Zero, federation.Error);

        Assert.That(federation.Member.Names, Is.EqualTo(before));
    }

    [TestCase("", false)]
    [TestCase("cluster1-", true)]
    [TestCase("other-", false)]
    public async Task Unjoin_SecretWithoutLabel_IsDeletedOnlyIfKubeFedGeneratedIt(string generateName, bool deleted)
    {
        var federation = new FakeFederation();
        PutSecret(federation.Host, "cluster1-xyz", generateName);
        PutRegistration(federation.Host, "cluster1-xyz");

        Assert.That(await federation.RunAsync("unjoin", "cluster1"), Is.Zero, federation.Error);

        Assert.That(federation.Host.Find(KubeResources.Secrets, Namespace, "cluster1-xyz"), deleted ? Is.Null : Is.Not.Null);
        Assert.That(federation.Host.Find(KubeResources.KubeFedClusters, Namespace, "cluster1"), Is.Null);
    }

    [Test]
    public async Task Unjoin_ClusterJoinedByKubeFed_RemovesItsAccount()
    {
        var federation = new FakeFederation();
        const string Role = "kubefed-controller-manager:cluster1-host";
        PutRegistration(federation.Host, "gone");
        federation.Member.Put(
            KubeResources.ServiceAccounts,
            $$"""{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"cluster1-host","namespace":"{{Namespace}}"} }""");
        federation.Member.Put(
            KubeResources.ClusterRoles, $$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"{{Role}}"} }""");
        federation.Member.Put(
            KubeResources.ClusterRoleBindings, $$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"{{Role}}"} }""");

        Assert.That(await federation.RunAsync("unjoin", "cluster1"), Is.Zero, federation.Error);

        Assert.That(federation.Member.Names, Is.Empty);
    }

    [Test]
    public async Task Join_TokenSecretOfSomebodyElse_IsNotReadOrKept()
    {
        var federation = new FakeFederation();
        federation.Member.ServesTokenRequest = false;
        PutSecret(federation.Member, "cluster1-host-token", "");
        var before = federation.Member.Names;

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("cluster1-host-token\" exists and holds no token of ServiceAccount"));
        Assert.That(federation.Trials, Is.Empty);
        Assert.That(federation.Member.Names, Is.EqualTo(before));
    }

    private static KubeObject PutSecret(InMemoryApiServer server, string name, string generateName) => server.Put(
        KubeResources.Secrets,
        $$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"{{name}}","generateName":"{{generateName}}","namespace":"{{Namespace}}"},"type":"Opaque","data":{"token":"b2xk","other":"b3RoZXI="} }""");

    private static void PutRegistration(InMemoryApiServer host, string secret, string name = "cluster1") => host.Put(
        KubeResources.KubeFedClusters,
        $$"""{"apiVersion":"core.kubefed.io/v1beta1","kind":"KubeFedCluster","metadata":{"name":"{{name}}","namespace":"{{Namespace}}"},"spec":{"secretRef":{"name":"{{secret}}"} } }""");
}
