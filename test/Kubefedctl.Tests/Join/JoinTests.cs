using System.Text;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Objects;
using KubeFed.Kubefedctl.Tests.Fakes;

namespace KubeFed.Kubefedctl.Tests.Join;

[Parallelizable(ParallelScope.All)]
public sealed class JoinTests
{
    private const string Namespace = FakeFederation.Namespace;
    private const string AccountRole = "kubefed-controller-manager:cluster1-host";

    [Test]
    public async Task Join_NewCluster_MakesAccountRightsSecretAndRegistration()
    {
        var federation = new FakeFederation();

        var code = await federation.RunAsync("join", "cluster1");

        Assert.That(code, Is.Zero, federation.Error);
        Assert.That(federation.Out, Is.Empty);
        Assert.That(
            federation.Member.Names,
            Is.EqualTo(new[]
            {
                $"clusterrolebindings.rbac.authorization.k8s.io {AccountRole}",
                $"clusterroles.rbac.authorization.k8s.io {AccountRole}",
                $"namespaces {Namespace}",
                $"serviceaccounts {Namespace}/cluster1-host",
            }));
        var cluster = federation.Host.Find(KubeResources.KubeFedClusters, Namespace, "cluster1")!;
        Assert.That(cluster.GetString("spec", "apiEndpoint"), Is.EqualTo("https://cluster1.example.com:6443"));
        Assert.That(cluster.GetString("spec", "caBundle"), Is.EqualTo(Base64("PEM")));
        var secret = federation.Host.Find(KubeResources.Secrets, Namespace, cluster.GetString("spec", "secretRef", "name")!)!;
        Assert.That(secret.Metadata.Name, Does.StartWith("cluster1-"));
        Assert.That(secret.GetString("data", "token"), Is.EqualTo(Base64(federation.Trials[0].Token)));
        Assert.That(secret.GetString("data", "ca.crt"), Is.EqualTo(Base64("PEM")));
    }

    [Test]
    public async Task Join_NamespaceScope_LimitsRightsToTheNamespace()
    {
        var federation = new FakeFederation("Namespaced");

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.Zero, federation.Error);

        var health = $"kubefed-controller-manager:{Namespace}:healthcheck-cluster1-host";
        Assert.That(
            federation.Member.Names,
            Is.EqualTo(new[]
            {
                $"clusterrolebindings.rbac.authorization.k8s.io {health}",
                $"clusterroles.rbac.authorization.k8s.io {health}",
                $"namespaces {Namespace}",
                $"rolebindings.rbac.authorization.k8s.io {Namespace}/{AccountRole}",
                $"roles.rbac.authorization.k8s.io {Namespace}/{AccountRole}",
                $"serviceaccounts {Namespace}/cluster1-host",
            }));
    }

    [Test]
    public async Task Join_Role_BindsItAndLetsTheAccountRenewItsToken()
    {
        var federation = new FakeFederation();
        federation.Member.Put(KubeResources.ClusterRoles, """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"narrow"} }""");

        Assert.That(await federation.RunAsync("join", "cluster1", "--role", "narrow"), Is.Zero, federation.Error);

        Assert.That(federation.Member.Find(KubeResources.ClusterRoles, "", AccountRole), Is.Null);
        var binding = federation.Member.Find(KubeResources.ClusterRoleBindings, "", AccountRole)!;
        Assert.That(binding.GetString("roleRef", "name"), Is.EqualTo("narrow"));
        Assert.That(federation.Member.Find(KubeResources.Roles, Namespace, "kubefed-controller-manager:token-cluster1-host"), Is.Not.Null);
    }

    [Test]
    public async Task Join_RoleMissing_FailsBeforeAnythingIsMade()
    {
        var federation = new FakeFederation();

        Assert.That(await federation.RunAsync("join", "cluster1", "--role", "narrow"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("has no ClusterRole \"narrow\""));
        Assert.That(federation.Member.Names, Is.Empty);
    }

    [Test]
    public async Task Join_WithoutTokenRequest_UsesATokenSecret()
    {
        var federation = new FakeFederation();
        federation.SetEndpoint("cluster1", new ClusterEndpoint { Server = "https://old.example.com" });
        federation.Member.ServesTokenRequest = false;
        federation.Member.OnCreate = FillTokenSecret;

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.Zero, federation.Error);

        Assert.That(federation.Member.Find(KubeResources.Secrets, Namespace, "cluster1-host-token"), Is.Not.Null);
        Assert.That(federation.Trials[0].Token, Is.EqualTo("from-secret"));
        var cluster = federation.Host.Find(KubeResources.KubeFedClusters, Namespace, "cluster1")!;
        Assert.That(cluster.GetString("spec", "caBundle"), Is.EqualTo(Base64("CA")), "the Secret's authorities stand in for the kubeconfig's");
    }

    [Test]
    public async Task Join_TokenSecretNeverFilled_FailsWithinItsBoundAndUndoes()
    {
        var federation = new FakeFederation();
        federation.Member.ServesTokenRequest = false;

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("gave Secret \"kube-federation-system/cluster1-host-token\" no token within 30 s"));
        Assert.That(federation.Member.Names, Is.Empty);
    }

    [Test]
    public async Task Join_TokenRefusedForAWhile_IsTriedAgain()
    {
        var federation = new FakeFederation();
        var answers = new Queue<int>([401, 403, 200]);
        federation.TrialAnswer = answers.Dequeue;

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.Zero, federation.Error);
        Assert.That(answers, Is.Empty);
    }

    [Test]
    public async Task Join_TokenNeverAccepted_LeavesNothingAndNeverTouchesTheHost()
    {
        var federation = new FakeFederation { TrialAnswer = static () => 401 };
        var before = federation.Host.Names;

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("Error: member cluster \"cluster1\" (https://cluster1.example.com:6443) does not accept the token"));
        Assert.That(federation.Member.Names, Is.Empty);
        Assert.That(federation.Host.Names, Is.EqualTo(before));
    }

    [TestCase("namespaces")]
    [TestCase("serviceaccounts")]
    [TestCase("clusterroles")]
    [TestCase("clusterrolebindings")]
    [TestCase("serviceaccounts/token")]
    [TestCase("secrets")]
    [TestCase("kubefedclusters")]
    public async Task Join_StepFails_UndoesEverythingItMade(string resource)
    {
        var federation = new FakeFederation();
        federation.Host.Before = federation.Member.Before = FailCreate(resource);
        var before = federation.Host.Names;

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Match("(?m)^Error: (host|member) cluster .*is forbidden: no right"));
        Assert.That(federation.Member.Names, Is.Empty, federation.Error);
        Assert.That(federation.Host.Names, Is.EqualTo(before), federation.Error);
    }

    [Test]
    public async Task Join_StepFails_LeavesWhatWasThereBefore()
    {
        var federation = new FakeFederation();
        federation.Member.Put(KubeResources.Namespaces, $$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{Namespace}}"} }""");
        federation.Host.Before = FailCreate("kubefedclusters");

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.EqualTo(1));

        Assert.That(federation.Member.Names, Is.EqualTo(new[] { $"namespaces {Namespace}" }));
    }

    [Test]
    public async Task Join_UndoFailsToo_SaysWhatStays()
    {
        var federation = new FakeFederation();
        federation.Member.Before = (verb, resource, name) =>
        {
            FailCreate("clusterrolebindings")(verb, resource, name);
            if (verb == "delete" && resource.Resource == "clusterroles")
            {
                throw StatusErrors.Forbidden(resource.GroupResource, name.Name, "no right");
            }
        };

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain($"Warning: member: clusterrole.rbac.authorization.k8s.io/{AccountRole} could not be deleted and stays"));
        Assert.That(federation.Member.Names, Is.EqualTo(new[] { $"clusterroles.rbac.authorization.k8s.io {AccountRole}" }));
    }

    [Test]
    public async Task Join_Twice_IsAnErrorAndChangesNothing()
    {
        var federation = new FakeFederation();
        await federation.RunAsync("join", "cluster1");
        var (host, member) = (federation.Host.Names, federation.Member.Names);

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("a cluster \"cluster1\" is joined already; pass --error-on-existing=false"));
        Assert.That((federation.Host.Names, federation.Member.Names), Is.EqualTo((host, member)));
    }

    [Test]
    public async Task Join_TwiceWithoutErrorOnExisting_RenewsTheSameSecret()
    {
        var federation = new FakeFederation();
        await federation.RunAsync("join", "cluster1");
        var names = federation.Host.Names;

        Assert.That(await federation.RunAsync("join", "cluster1", "--error-on-existing=false"), Is.Zero, federation.Error);

        Assert.That(federation.Host.Names, Is.EqualTo(names), "no Secret is leaked");
        var secret = federation.Host.All(KubeResources.Secrets).Single();
        Assert.That(secret.GetString("data", "token"), Is.EqualTo(Base64(federation.Trials[1].Token)));
    }

    [Test]
    public async Task Join_AgainWithAnotherSecretName_DropsTheOldSecret()
    {
        var federation = new FakeFederation();
        await federation.RunAsync("join", "cluster1");

        Assert.That(await federation.RunAsync("join", "cluster1", "--error-on-existing=false", "--secret-name", "mine"), Is.Zero, federation.Error);

        Assert.That(federation.Host.All(KubeResources.Secrets).Select(s => s.Metadata.Name), Is.EqualTo(new[] { "mine" }));
    }

    [Test]
    public async Task Join_AgainWithAnotherRole_ReplacesTheBinding()
    {
        var federation = new FakeFederation();
        await federation.RunAsync("join", "cluster1");
        federation.Member.Put(KubeResources.ClusterRoles, """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"narrow"} }""");

        Assert.That(await federation.RunAsync("join", "cluster1", "--error-on-existing=false", "--role=narrow"), Is.Zero, federation.Error);

        Assert.That(federation.Member.Find(KubeResources.ClusterRoleBindings, "", AccountRole)!.GetString("roleRef", "name"), Is.EqualTo("narrow"));
    }

    [Test]
    public async Task Join_AccountExists_IsAnErrorThatNamesIt()
    {
        var federation = new FakeFederation();
        federation.Member.Put(
            KubeResources.ServiceAccounts,
            $$"""{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"cluster1-host","namespace":"{{Namespace}}"} }""");

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("serviceaccount/cluster1-host already exists; pass --error-on-existing=false"));
        Assert.That(federation.Member.Names, Is.EqualTo(new[] { $"serviceaccounts {Namespace}/cluster1-host" }));
    }

    [Test]
    public async Task Join_NoKubeFedConfig_PointsToInstall()
    {
        var federation = new FakeFederation();

        Assert.That(await federation.RunAsync("join", "cluster1", "--kubefed-namespace", "elsewhere"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("has no KubeFedConfig \"elsewhere/kubefed\": run \"kubefedctl install\""));
    }

    [Test]
    public async Task Join_DryRun_ChangesNothing()
    {
        var federation = new FakeFederation();
        var before = federation.Host.Names;

        Assert.That(await federation.RunAsync("join", "cluster1", "--dry-run"), Is.Zero, federation.Error);

        Assert.That(federation.Member.Names, Is.Empty);
        Assert.That(federation.Host.Names, Is.EqualTo(before));
        Assert.That(federation.Error, Does.Contain("serviceaccount/cluster1-host created (dry run)"));
    }

    [Test]
    public async Task Join_HostItself_Works()
    {
        var federation = new FakeFederation();

        Assert.That(await federation.RunAsync("join", "host"), Is.Zero, federation.Error);

        Assert.That(federation.Host.Find(KubeResources.ServiceAccounts, Namespace, "host-host"), Is.Not.Null);
        Assert.That(federation.Host.Find(KubeResources.KubeFedClusters, Namespace, "host"), Is.Not.Null);
    }

    [TestCase("gke:eu/host")]
    [TestCase("admin@Host")]
    public async Task Join_HostContextNoName_AsksForAHostClusterName(string hostContext)
    {
        var federation = new FakeFederation();
        federation.Add(hostContext, federation.Host);

        Assert.That(await federation.RunAsync("join", "cluster1", "--host-cluster-context", hostContext), Is.EqualTo(1));
        Assert.That(federation.Error, Does.Contain($"\"{hostContext}\" is not usable in names: pass --host-cluster-name"));

        Assert.That(await federation.RunAsync("join", "cluster1", "--host-cluster-context", hostContext, "--host-cluster-name=eu"), Is.Zero, federation.Error);
        Assert.That(federation.Member.Find(KubeResources.ServiceAccounts, Namespace, "cluster1-eu"), Is.Not.Null);
    }

    [Test]
    public async Task Join_InsecureBehindAProxy_CarriesBothOver()
    {
        var federation = new FakeFederation();
        federation.SetEndpoint("cluster1", new ClusterEndpoint { Server = "https://c1", Insecure = true, ProxyUrl = "socks5://proxy:1080" });

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.Zero, federation.Error);

        var cluster = federation.Host.Find(KubeResources.KubeFedClusters, Namespace, "cluster1")!;
        Assert.That(cluster.GetNode("spec", "disabledTLSValidations")!.ToJsonString(), Is.EqualTo("""["*"]"""));
        Assert.That(cluster.GetString("spec", "proxyURL"), Is.EqualTo("socks5://proxy:1080"));
        Assert.That(cluster.GetString("spec", "caBundle"), Is.Null);
    }

    [Test]
    public async Task Join_AnyOutcome_NeverPrintsTheToken()
    {
        var federation = new FakeFederation();
        federation.Host.Before = FailCreate("kubefedclusters");

        await federation.RunAsync("join", "cluster1", "--v=9");

        Assert.That(federation.Error + federation.Out, Does.Not.Contain(federation.Trials[0].Token));
    }

    private static Action<string, GroupVersionResource, NamespacedName> FailCreate(string failing) => (verb, resource, name) =>
    {
        if (verb == "create" && resource.Resource == failing)
        {
            throw StatusErrors.Forbidden(resource.GroupResource, name.Name, "no right");
        }
    };

    private static KubeObject FillTokenSecret(KubeObject value)
    {
        if (value.Kind != "Secret")
        {
            return value;
        }

        var node = value.ToNode();
        node["data"] = new System.Text.Json.Nodes.JsonObject { ["token"] = Base64("from-secret"), ["ca.crt"] = Base64("CA") };
        return KubeObject.FromNode(node);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
