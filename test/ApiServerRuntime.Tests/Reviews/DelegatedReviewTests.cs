using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Reviews;

[TestFixture, Parallelizable(ParallelScope.All)]
public class DelegatedReviewTests
{
    private static readonly UserInfo Alice = new() { Name = "alice", Groups = ["devs"], Extra = new Dictionary<string, IReadOnlyList<string>> { ["k"] = ["v"] } };

    [Test]
    public async Task Token_Known_IsWhoTheHostSaysAndAskedOnceInTenSeconds()
    {
        var host = new FakeHost(_ => Node("""{"authenticated":true,"user":{"username":"bob","uid":"3","groups":["g"],"extra":{"e":["1","2"]}},"audiences":["us"]}"""));
        var clock = new FakeClock();
        var tokens = new TokenReviewAuthenticator(host, ["us"], clock, NullLogger.Instance);
        var first = await tokens.AuthenticateAsync("secret", default);
        clock.Advance(TimeSpan.FromSeconds(9));
        await tokens.AuthenticateAsync("secret", default);
        Assert.Multiple(() =>
        {
            Assert.That((first.User!.Name, first.User.Uid, first.User.Groups[0], first.User.Extra["e"][1]), Is.EqualTo(("bob", "3", "g", "2")));
            Assert.That(host.Specs.Single().ToJsonString(), Is.EqualTo("""{"token":"secret","audiences":["us"]}"""));
        });
        clock.Advance(TimeSpan.FromSeconds(1));
        await tokens.AuthenticateAsync("secret", default);
        Assert.That(host.Specs, Has.Count.EqualTo(2));
    }

    [TestCase("""{"authenticated":false,"error":"no"}""")]
    [TestCase("{}")]
    [TestCase("""{"authenticated":"yes","user":{"username":"bob"}}""")]
    [TestCase("""{"authenticated":true,"user":{"username":"bob"},"audiences":["them"]}""")]
    [TestCase("""{"authenticated":true,"user":{"username":"bob"}}""")]
    public async Task Token_NotAuthenticatedForUs_IsRefused(string status)
    {
        var tokens = new TokenReviewAuthenticator(new FakeHost(_ => Node(status)), ["us"], new FakeClock(), NullLogger.Instance);
        Assert.That((await tokens.AuthenticateAsync("secret", default)).Refusal, Is.Not.Null);
    }

    [Test]
    public async Task Token_HostRefusesTheReview_IsAnErrorThatIsNotRemembered()
    {
        var down = true;
        var host = new FakeHost(_ => down ? throw StatusErrors.Forbidden(new("authentication.k8s.io", "tokenreviews"), string.Empty, "no") : Node("""{"authenticated":true,"user":{"username":"bob"}}"""));
        var tokens = new TokenReviewAuthenticator(host, [], new FakeClock(), NullLogger.Instance);
        Assert.That(async () => await tokens.AuthenticateAsync("secret", default), Throws.TypeOf<StatusException>());
        down = false;
        Assert.That((await tokens.AuthenticateAsync("secret", default)).User!.Name, Is.EqualTo("bob"));
    }

    [TestCase("""{"allowed":true,"reason":"RBAC: yes"}""", AuthorizationVerdict.Allow, "RBAC: yes")]
    [TestCase("""{"allowed":false,"denied":true,"reason":"never"}""", AuthorizationVerdict.Deny, "never")]
    [TestCase("""{"allowed":false}""", AuthorizationVerdict.NoOpinion, "")]
    public async Task Access_Answered_IsTheVerdict(string status, AuthorizationVerdict verdict, string reason)
    {
        var authorizer = new SubjectAccessReviewAuthorizer(new FakeHost(_ => Node(status)), new FakeClock(), NullLogger.Instance);
        Assert.That(await authorizer.AuthorizeAsync(Ask("get"), default), Is.EqualTo(new AuthorizationDecision(verdict, reason)));
    }

    [Test]
    public async Task Access_OfResource_SendsAllThatIsKnown()
    {
        var host = new FakeHost(_ => Node("""{"allowed":true}"""));
        await new SubjectAccessReviewAuthorizer(host, new FakeClock(), NullLogger.Instance).AuthorizeAsync(Ask("get"), default);
        Assert.That(
            host.Specs.Single().ToJsonString(),
            Is.EqualTo("""{"user":"alice","groups":["devs"],"extra":{"k":["v"]},"resourceAttributes":{"verb":"get","group":"apps","version":"v1","resource":"deployments","subresource":"scale","namespace":"a","name":"n"}}"""));
    }

    [Test]
    public async Task Access_SameQuestion_IsAskedOnceAndAnotherIsNot()
    {
        var host = new FakeHost(_ => Node("""{"allowed":true}"""));
        var authorizer = new SubjectAccessReviewAuthorizer(host, new FakeClock(), NullLogger.Instance);
        await authorizer.AuthorizeAsync(Ask("get"), default);
        await authorizer.AuthorizeAsync(Ask("get"), default);
        await authorizer.AuthorizeAsync(Ask("delete"), default);
        Assert.That(host.Specs, Has.Count.EqualTo(2));
    }

    private static AuthorizationAttributes Ask(string verb) => new()
    {
        User = Alice,
        Verb = verb,
        IsResourceRequest = true,
        Group = "apps",
        Version = "v1",
        Resource = "deployments",
        Subresource = "scale",
        Namespace = "a",
        Name = "n",
    };

    private static JsonObject Node(string json) => JsonNode.Parse(json)!.AsObject();
}
