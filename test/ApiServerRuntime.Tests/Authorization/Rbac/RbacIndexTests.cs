using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Authorization.Rbac;
using static KubeFed.ApiServerRuntime.Tests.Authorization.Rbac.RbacScene;

namespace KubeFed.ApiServerRuntime.Tests.Authorization.Rbac;

[TestFixture, Parallelizable(ParallelScope.All)]
public class RbacIndexTests
{
    [Test]
    public void Decide_ClusterRoleBoundToUser_AllowsEverywhereAndSaysWhy()
    {
        var index = Index(ClusterRole("y", Reads), ClusterRoleBinding("x", "y", User("z")));
        Assert.Multiple(() =>
        {
            Assert.That(
                index.Decide(Ask(Person("z"), "get", "pods", "default")),
                Is.EqualTo(new AuthorizationDecision(AuthorizationVerdict.Allow, "RBAC: allowed by ClusterRoleBinding \"x\" of ClusterRole \"y\" to User \"z\"")));
            Assert.That(index.Decide(Ask(Person("z"), "list", "pods")).Verdict, Is.EqualTo(AuthorizationVerdict.Allow));
            Assert.That(index.Decide(Ask(Person("z"), "delete", "pods")), Is.EqualTo(AuthorizationDecision.NoOpinion));
            Assert.That(index.Decide(Ask(Person("Z"), "get", "pods")), Is.EqualTo(AuthorizationDecision.NoOpinion));
        });
    }

    [Test]
    public void Decide_RoleBinding_HoldsOnlyInItsNamespace()
    {
        var index = Index(Role("a", "reader", Reads), RoleBinding("a", "b", "Role", "reader", Group("devs")));
        Assert.Multiple(() =>
        {
            Assert.That(
                index.Decide(Ask(Person("z", "devs"), "get", "pods", "a")).Reason,
                Is.EqualTo("RBAC: allowed by RoleBinding \"b/a\" of Role \"reader\" to Group \"devs\""));
            Assert.That(index.Decide(Ask(Person("z", "devs"), "get", "pods", "b")).Verdict, Is.EqualTo(AuthorizationVerdict.NoOpinion));
            Assert.That(index.Decide(Ask(Person("z", "devs"), "list", "pods")).Verdict, Is.EqualTo(AuthorizationVerdict.NoOpinion));
        });
    }

    [Test]
    public void Decide_ServiceAccountSubject_IsTheUserOfThatName()
    {
        var index = Index(ClusterRole("y", Reads), RoleBinding("a", "b", "ClusterRole", "y", Account("bot"), Account("other", "c")));
        Assert.Multiple(() =>
        {
            Assert.That(
                index.Decide(Ask(Person("system:serviceaccount:a:bot"), "get", "pods", "a")).Reason,
                Is.EqualTo("RBAC: allowed by RoleBinding \"b/a\" of ClusterRole \"y\" to ServiceAccount \"bot/a\""));
            Assert.That(index.Decide(Ask(Person("system:serviceaccount:c:other"), "get", "pods", "a")).Verdict, Is.EqualTo(AuthorizationVerdict.Allow));
            Assert.That(index.Decide(Ask(Person("system:serviceaccount:c:bot"), "get", "pods", "a")).Verdict, Is.EqualTo(AuthorizationVerdict.NoOpinion));
        });
    }

    [Test]
    public void Decide_ClusterWideServiceAccountWithoutNamespace_IsNobody()
    {
        var index = Index(ClusterRole("y", Reads), ClusterRoleBinding("x", "y", Account("bot")));
        Assert.That(index.Decide(Ask(Person("system:serviceaccount::bot"), "get", "pods")).Verdict, Is.EqualTo(AuthorizationVerdict.NoOpinion));
    }

    [Test]
    public void Decide_RolesMissing_SaysSoOnceEach()
    {
        var index = Index(
            ClusterRoleBinding("x", "gone", User("z")), ClusterRoleBinding("x2", "gone", User("z")), RoleBinding("a", "b", "Role", "lost", User("z")));
        Assert.Multiple(() =>
        {
            Assert.That(index.Decide(Ask(Person("z"), "get", "pods")).Reason, Is.EqualTo("RBAC: clusterrole.rbac.authorization.k8s.io \"gone\" not found"));
            Assert.That(
                index.Decide(Ask(Person("z"), "get", "pods", "a")).Reason,
                Is.EqualTo("RBAC: [clusterrole.rbac.authorization.k8s.io \"gone\" not found, role.rbac.authorization.k8s.io \"lost\" not found]"));
        });
    }

    [Test]
    public void WithAndWithout_ChangedBinding_LeavesNothingBehind()
    {
        var before = Index(ClusterRole("y", Reads), ClusterRoleBinding("x", "y", User("z"), Group("g")));
        var moved = before.With(ClusterRoleBinding("x", "y", User("w")));
        var gone = moved.Without(ClusterRoleBinding("x", "y"));
        Assert.Multiple(() =>
        {
            Assert.That(Allowed(before, "z"), Is.True, "the old index is as it was");
            Assert.That(Allowed(moved, "z"), Is.False);
            Assert.That(Allowed(moved, "q", "g"), Is.False);
            Assert.That(Allowed(moved, "w"), Is.True);
            Assert.That(Allowed(gone, "w"), Is.False);
            Assert.That(Allowed(moved.Without(ClusterRole("y")), "w"), Is.False);
        });
    }

    [Test]
    public void RulesFor_ClusterAndNamespace_GivesBoth()
    {
        var index = Index(
            ClusterRole("y", Reads), Role("a", "r", """{"verbs":["*"],"apiGroups":["apps"],"resources":["*"]}"""),
            ClusterRoleBinding("x", "y", Group("g")), RoleBinding("a", "b", "Role", "r", User("z")), RoleBinding("a", "c", "Role", "none", User("z")));
        var rules = index.RulesFor(Person("z", "g", "g"), "a", out var problems);
        Assert.Multiple(() =>
        {
            Assert.That(rules.Select(rule => rule.ApiGroups[0]), Is.EqualTo(new[] { string.Empty, "apps" }));
            Assert.That(problems, Is.EqualTo(new[] { "role.rbac.authorization.k8s.io \"none\" not found" }));
            Assert.That(index.RulesFor(Person("z", "g"), string.Empty, out _), Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void With_MalformedObjects_GivesNothing()
    {
        var index = Index(
            Object("""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"y"},"rules":[7,{"verbs":"*","apiGroups":["*"],"resources":[1,"*"]}]}"""),
            Object("""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"x"},"roleRef":{"kind":"ClusterRole","name":"y"},"subjects":[3,{"kind":"User"},{"kind":"Robot","name":"z"},{"kind":"User","name":"z"}]}"""),
            Object("""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"x2"},"subjects":{}}"""));
        Assert.That(Allowed(index, "z"), Is.False);
    }

    private static bool Allowed(RbacIndex index, string user, params string[] groups) =>
        index.Decide(Ask(Person(user, groups), "get", "pods")).Verdict == AuthorizationVerdict.Allow;
}
