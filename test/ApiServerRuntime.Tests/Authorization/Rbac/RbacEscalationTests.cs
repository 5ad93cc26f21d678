using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization.Rbac;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Types;
using static KubeFed.ApiServerRuntime.Tests.Authorization.Rbac.RbacScene;

namespace KubeFed.ApiServerRuntime.Tests.Authorization.Rbac;

[TestFixture, Parallelizable(ParallelScope.All)]
public class RbacEscalationTests
{
    private const string Secrets = """{"verbs":["get","delete"],"apiGroups":[""],"resources":["secrets"]}""";
    private const string WritesRoles = """{"verbs":["create","update"],"apiGroups":["rbac.authorization.k8s.io"],"resources":["*"]}""";
    private static readonly UserInfo Alice = Person("alice", "devs", "system:authenticated");

    [Test]
    public async Task Role_WithRightsNotHeld_IsForbiddenAndListsThem()
    {
        var error = await RefusedAsync(ClusterRole("wanted", Secrets, Reads), [ClusterRole("y", Reads, WritesRoles), ClusterRoleBinding("x", "y", User("alice"))]);
        Assert.That(
            error.Status.Message,
            Is.EqualTo(
                "clusterroles.rbac.authorization.k8s.io \"wanted\" is forbidden: user \"alice\" (groups=[\"devs\" \"system:authenticated\"]) is attempting to grant RBAC permissions not currently held:\n"
                + "{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"get\" \"delete\"]}"));
    }

    [Test]
    public Task Role_WithinTheRightsHeld_Passes() =>
        AdmitAsync(Role("a", "wanted", Reads), [Role("a", "mine", Reads), RoleBinding("a", "b", "Role", "mine", Group("devs"))]);

    [Test]
    public Task Role_RightsHeldInAnotherNamespace_IsForbidden() =>
        RefusedAsync(Role("a", "wanted", Reads), [Role("b", "mine", Reads), RoleBinding("b", "b", "Role", "mine", Group("devs"))]);

    [Test]
    public Task Role_WithTheVerbEscalate_Passes() => AdmitAsync(
        ClusterRole("wanted", Secrets),
        [ClusterRole("y", """{"verbs":["escalate"],"apiGroups":["rbac.authorization.k8s.io"],"resources":["clusterroles"],"resourceNames":["wanted"]}"""), ClusterRoleBinding("x", "y", User("alice"))]);

    [Test]
    public Task Anything_ByMasters_Passes() => AdmitAsync(ClusterRole("wanted", Secrets), [], Person("root", "system:masters"));

    [Test]
    public async Task AggregationRule_WithoutAllRights_IsForbidden()
    {
        var role = Object("""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"w"},"aggregationRule":{"clusterRoleSelectors":[{}]}}""");
        var error = await RefusedAsync(role, [ClusterRole("y", Reads), ClusterRoleBinding("x", "y", User("alice"))]);
        Assert.That(error.Status.Message, Does.EndWith("must have cluster-admin privileges to use the aggregationRule"));
    }

    [Test]
    public async Task Binding_OfARoleThatAllowsMore_IsForbidden()
    {
        var error = await RefusedAsync(ClusterRoleBinding("mine", "admin", User("alice")), [ClusterRole("admin", """{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}""")]);
        Assert.That(error.Status.Message, Does.EndWith("not currently held:\n{APIGroups:[\"*\"], Resources:[\"*\"], Verbs:[\"*\"]}"));
    }

    [Test]
    public async Task Binding_OfAMissingRole_IsNotFound()
    {
        var error = await RefusedAsync(RoleBinding("a", "mine", "Role", "nothing", User("alice")), []);
        Assert.That((error.Code, error.Status.Message), Is.EqualTo((404, "roles.rbac.authorization.k8s.io \"nothing\" not found")));
    }

    [Test]
    public Task Binding_WithTheVerbBindInTheNamespace_Passes() => AdmitAsync(
        RoleBinding("a", "mine", "ClusterRole", "admin", User("alice")),
        [
            ClusterRole("admin", Secrets),
            Role("a", "binder", """{"verbs":["bind"],"apiGroups":["rbac.authorization.k8s.io"],"resources":["clusterroles"],"resourceNames":["admin"]}"""),
            RoleBinding("a", "b", "Role", "binder", User("alice")),
        ]);

    [Test]
    public Task Update_OfOwnersAlone_Passes()
    {
        var old = ClusterRole("wanted", Secrets);
        var root = old.ToNode();
        root["metadata"]!["ownerReferences"] = new JsonArray(new JsonObject { ["name"] = "o" });
        return AdmitAsync(root, old, [], Alice);
    }

    [TestCase("""{"verbs":["get"],"apiGroups":["*"],"resources":["*/log"]}""", """{"verbs":["get"],"apiGroups":[""],"resources":["pods/log"]}""", true)]
    [TestCase("""{"verbs":["get"],"apiGroups":["*"],"resources":["*/log"]}""", """{"verbs":["get"],"apiGroups":[""],"resources":["*"]}""", false)]
    [TestCase("""{"verbs":["*"],"apiGroups":[""],"resources":["pods"],"resourceNames":["a"]}""", Reads, false)]
    [TestCase(Reads, """{"verbs":["get"],"apiGroups":[""],"resources":["pods"],"resourceNames":["a","b"]}""", true)]
    [TestCase("""{"verbs":["get"],"nonResourceURLs":["/a*"]}""", """{"verbs":["get"],"nonResourceURLs":["/ab","/a/*"]}""", true)]
    [TestCase("""{"verbs":["get"],"nonResourceURLs":["/a/*"]}""", """{"verbs":["get"],"nonResourceURLs":["/a*"]}""", false)]
    public void Missing_OneRuleAgainstAnother_IsWhatKubernetesSays(string held, string given, bool covered)
    {
        static IReadOnlyList<RbacRule> Read(string rule) => RbacRule.ReadAll(new JsonArray(JsonNode.Parse(rule)));
        Assert.That(RuleCoverage.Missing(Read(held), Read(given)).Count == 0, Is.EqualTo(covered));
    }

    [Test]
    public async Task ObjectRules_BindingWithoutGroups_AreFilledIn()
    {
        var root = ClusterRoleBinding("x", "y", User("z"), Account("s", "n")).ToNode();
        await new RbacObjectRules().MutateAsync(Request(root, null, Alice), default);
        Assert.Multiple(() =>
        {
            Assert.That((string?)root["roleRef"]!["apiGroup"], Is.EqualTo("rbac.authorization.k8s.io"));
            Assert.That((string?)root["subjects"]![0]!["apiGroup"], Is.EqualTo("rbac.authorization.k8s.io"));
            Assert.That(root["subjects"]![1]!["apiGroup"], Is.Null);
        });
    }

    [Test]
    public async Task ObjectRules_ChangedRoleRef_IsInvalid()
    {
        var old = ClusterRoleBinding("x", "y", User("z"));
        var root = ClusterRoleBinding("x", "other", User("z")).ToNode();
        var plugin = new RbacObjectRules();
        var before = old.ToNode();
        await plugin.MutateAsync(Request(before, null, Alice), default);
        await plugin.MutateAsync(Request(root, null, Alice), default);
        var error = await Assert.ThrowsAsync<StatusException>(() => plugin.ValidateAsync(Request(root, KubeObject.FromNode(before), Alice), default).AsTask());
        Assert.That(error!.Status.Message, Does.Contain("roleRef: Invalid value").And.Contain("cannot change roleRef"));
    }

    [Test]
    public async Task ObjectRules_SenselessRules_AreAllNamed()
    {
        var root = Role("a", "r", """{"verbs":[]}""", """{"verbs":["get"],"nonResourceURLs":["/x"],"resources":["pods"]}""").ToNode();
        var error = await Assert.ThrowsAsync<StatusException>(() => new RbacObjectRules().ValidateAsync(Request(root, null, Alice), default).AsTask());
        Assert.That(
            error!.Status.Details!.Causes!.Select(cause => cause.Field),
            Is.EqualTo(new[] { "rules[0].verbs", "rules[0].apiGroups", "rules[0].resources", "rules[1].nonResourceURLs", "rules[1].nonResourceURLs" }));
    }

    [Test]
    public void Aggregation_RolesWithTheLabel_GivesEachRuleOnceInOrderOfNames()
    {
        var gathering = Object("""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"all","labels":{"to":"all"}},"aggregationRule":{"clusterRoleSelectors":[{"matchLabels":{"to":"all"}}]},"rules":[]}""");
        var b = Object($$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"b","labels":{"to":"all"} },"rules":[{{Reads}}] }""");
        var a = Object($$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"a","labels":{"to":"all"} },"rules":[{{Secrets}},{{Reads}}] }""");
        KubeObject[] all = [gathering, b, a, ClusterRole("c", WritesRoles)];
        var refreshed = ClusterRoleAggregation.Refreshed(gathering, all);
        Assert.Multiple(() =>
        {
            Assert.That(ClusterRoleAggregation.RulesOf(gathering, all)!.Select(rule => rule.Resources[0]), Is.EqualTo(new[] { "secrets", "pods" }));
            Assert.That(ClusterRoleAggregation.Refreshed(refreshed!, all), Is.Null);
            Assert.That(ClusterRoleAggregation.RulesOf(a, all), Is.Null);
        });
    }

    private static async Task<StatusException> RefusedAsync(KubeObject written, KubeObject[] there) =>
        (await Assert.ThrowsAsync<StatusException>(() => AdmitAsync(written, there)))!;

    private static Task AdmitAsync(KubeObject written, KubeObject[] there, UserInfo? user = null) => AdmitAsync(written.ToNode(), null, there, user ?? Alice);

    private static Task AdmitAsync(JsonObject root, KubeObject? old, KubeObject[] there, UserInfo user)
    {
        var objects = new RbacObjects();
        objects.Replace(there);
        var authorizer = new RbacAuthorizer(objects);
        return new RbacEscalation(authorizer, authorizer).ValidateAsync(Request(root, old, user), default).AsTask();
    }

    private static AdmissionRequest Request(JsonObject root, KubeObject? old, UserInfo user)
    {
        var kind = (string)root["kind"]!;
        var @namespace = (string?)root["metadata"]!["namespace"] ?? string.Empty;
        var version = new ResourceTypeVersion { Name = "v1", Schema = StructuralSchema.Unknown };
        var type = new ResourceType
        {
            Group = "rbac.authorization.k8s.io",
            Plural = kind.ToLowerInvariant() + "s",
            Singular = kind.ToLowerInvariant(),
            Kind = kind,
            ListKind = kind + "List",
            Scope = @namespace.Length > 0 ? ResourceScope.Namespaced : ResourceScope.Cluster,
            Versions = [version],
            StorageVersion = "v1",
        };
        return new AdmissionRequest
        {
            Context = new ResourceContext { Type = type, Version = version, Namespace = @namespace, Name = (string)root["metadata"]!["name"]!, User = user },
            Operation = old is null ? AdmissionOperation.Create : AdmissionOperation.Update,
            Object = root,
            OldObject = old,
        };
    }
}
