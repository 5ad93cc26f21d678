using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Authorization.Rbac;
using static KubeFed.ApiServerRuntime.Tests.Authorization.Rbac.RbacScene;

namespace KubeFed.ApiServerRuntime.Tests.Authorization.Rbac;

[TestFixture, Parallelizable(ParallelScope.All)]
public class RbacRuleTests
{
    private static readonly string[] Parts = ["", "*", "a", "b", "ab", "a/b", "*/b", "a/*", "*/a", "b/ab"];

    [TestCase("pods", "pods", "", true)]
    [TestCase("pods", "pods", "log", false)]
    [TestCase("pods/log", "pods", "log", true)]
    [TestCase("pods/log", "pods", "", false)]
    [TestCase("*", "pods", "log", true)]
    [TestCase("*/scale", "deployments", "scale", true)]
    [TestCase("*/scale", "deployments", "status", false)]
    [TestCase("*/scale", "deployments", "", false)]
    [TestCase("*/scale", "deployments", "cale", false)]
    [TestCase("pods/*", "pods", "log", false, Description = "as in Kubernetes, where that is no wildcard")]
    [TestCase("xpods/log", "pods", "log", false)]
    public void Allows_Resource_MatchesAsKubernetesDoes(string pattern, string resource, string subresource, bool expected)
    {
        var rule = new RbacRule { Verbs = ["get"], ApiGroups = [""], Resources = [pattern] };
        Assert.That(rule.Allows(Ask(Person("z"), "get", resource, subresource: subresource)), Is.EqualTo(expected));
    }

    [TestCase("/healthz", "/healthz", true)]
    [TestCase("/healthz", "/healthz/etcd", false)]
    [TestCase("/healthz/*", "/healthz/etcd", true)]
    [TestCase("/healthz/*", "/healthz", false)]
    [TestCase("/healthz*", "/healthz", true)]
    [TestCase("*", "/anything", true)]
    [TestCase("/a/*/b", "/a/x/b", false)]
    public void Allows_Path_MatchesPrefixes(string pattern, string path, bool expected)
    {
        var rule = new RbacRule { Verbs = ["get"], NonResourceUrls = [pattern], ApiGroups = ["*"], Resources = [] };
        Assert.That(rule.Allows(AskPath(Person("z"), "get", path)), Is.EqualTo(expected));
    }

    [Test]
    public void Allows_ResourceNames_OnlyThose()
    {
        var rule = new RbacRule { Verbs = ["*"], ApiGroups = ["apps"], Resources = ["deployments"], ResourceNames = ["a", "b"] };
        Assert.Multiple(() =>
        {
            Assert.That(rule.Allows(Ask(Person("z"), "get", "deployments", "n", "a", "apps")), Is.True);
            Assert.That(rule.Allows(Ask(Person("z"), "get", "deployments", "n", "c", "apps")), Is.False);
            Assert.That(rule.Allows(Ask(Person("z"), "list", "deployments", "n", "", "apps")), Is.False);
            Assert.That(rule.Allows(Ask(Person("z"), "get", "deployments", "n", "a")), Is.False);
        });
    }

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property Allows_AnyRuleAndQuestion_IsWhatTheOracleSays()
    {
        var text = Gen.Elements(Parts);
        var list = text.ListOf().Select(items => (IReadOnlyList<string>)[.. items.Take(3)]);
        var rule = from verbs in list
                   from groups in list
                   from resources in list
                   from names in list
                   from urls in list
                   select new RbacRule { Verbs = verbs, ApiGroups = groups, Resources = resources, ResourceNames = names, NonResourceUrls = urls };
        var question = from verb in text
                       from one in text
                       from two in text
                       from three in text
                       from name in text
                       from path in Gen.Elements(true, false)
                       select path ? AskPath(Person("z"), verb, one) : Ask(Person("z"), verb, one, "n", name, two, three);
        return Prop.ForAll(rule.ToArbitrary(), question.ToArbitrary(), (r, q) => r.Allows(q) == Oracle(r, q));
    }

    [Test]
    public void ReadAll_ItsOwnNodes_GivesTheSameRules()
    {
        RbacRule[] rules = [new() { Verbs = ["get"], ApiGroups = [""], Resources = ["pods", "a/b"], ResourceNames = ["x"] }, new() { Verbs = ["*"], NonResourceUrls = ["/x*"] }];
        Assert.That(RbacRule.ReadAll(new JsonArray([.. rules.Select(rule => rule.ToNode())])), Is.EqualTo(rules));
    }

    // Written after the reference's description and not after the code.
    private static bool Oracle(RbacRule rule, AuthorizationAttributes question)
    {
        if (!rule.Verbs.Any(verb => verb == "*" || verb == question.Verb))
        {
            return false;
        }

        if (!question.IsResourceRequest)
        {
            return rule.NonResourceUrls.Any(url => url == question.Path || (url.EndsWith('*') && question.Path.StartsWith(url.TrimEnd('*'), StringComparison.Ordinal)));
        }

        var combined = question.Subresource.Length > 0 ? question.Resource + "/" + question.Subresource : question.Resource;
        return rule.ApiGroups.Any(group => group == "*" || group == question.Group)
            && rule.Resources.Any(resource => resource == "*" || resource == combined || (question.Subresource.Length > 0 && resource == "*/" + question.Subresource))
            && (rule.ResourceNames.Count == 0 || rule.ResourceNames.Contains(question.Name));
    }
}
