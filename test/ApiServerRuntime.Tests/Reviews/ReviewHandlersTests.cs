using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization.Rbac;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Reviews;
using KubeFed.ApiServerRuntime.Tests.Authorization.Rbac;
using KubeFed.TestSupport.Time;

namespace KubeFed.ApiServerRuntime.Tests.Reviews;

[TestFixture, Parallelizable(ParallelScope.All)]
public class ReviewHandlersTests
{
    private static readonly UserInfo Alice = new() { Name = "alice", Uid = "7", Groups = ["devs", "system:authenticated"], Extra = new Dictionary<string, IReadOnlyList<string>> { ["k"] = ["v"] } };

    [Test]
    public async Task SelfAccess_AllowedByRbac_SaysWhy()
    {
        var answer = await AskAsync("selfsubjectaccessreviews", """{"resourceAttributes":{"verb":"get","resource":"pods","namespace":"a"}}""");
        Assert.That(answer["status"]!.ToJsonString(), Is.EqualTo("""{"allowed":true,"reason":"RBAC: allowed by ClusterRoleBinding \u0022x\u0022 of ClusterRole \u0022y\u0022 to Group \u0022devs\u0022"}"""));
        Assert.That((string?)answer["spec"]!["resourceAttributes"]!["resource"], Is.EqualTo("pods"));
    }

    [Test]
    public async Task SelfAccess_NotAllowed_SaysSo()
    {
        var answer = await AskAsync("selfsubjectaccessreviews", """{"nonResourceAttributes":{"verb":"get","path":"/metrics"}}""");
        Assert.That(answer["status"]!.ToJsonString(), Is.EqualTo("""{"allowed":false}"""));
    }

    [TestCase("selfsubjectaccessreviews", "{}", "spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified")]
    [TestCase("selfsubjectaccessreviews", """{"resourceAttributes":{"verb":"get"},"nonResourceAttributes":{"path":"/"}}""", "cannot be specified in combination with resourceAttributes")]
    [TestCase("subjectaccessreviews", """{"resourceAttributes":{"verb":"get"}}""", "at least one of user or group must be specified")]
    [TestCase("localsubjectaccessreviews", """{"user":"x","nonResourceAttributes":{"path":"/"}}""", "disallowed on this kind of request")]
    [TestCase("localsubjectaccessreviews", """{"user":"x","resourceAttributes":{"namespace":"other"}}""", "spec.resourceAttributes.namespace must match namespace: a")]
    [TestCase("selfsubjectrulesreviews", "{}", "no namespace on request")]
    [TestCase("tokenreviews", "{}", "token is required for TokenReview in authentication")]
    public async Task Malformed_Any_SaysWhatIsWrong(string plural, string spec, string message)
    {
        var error = await Assert.ThrowsAsync<StatusException>(() => AskAsync(plural, spec));
        Assert.That(error!.Status.Message, Does.Contain(message));
    }

    [Test]
    public async Task Access_OfSomebodyElse_IsJudgedByTheirNameAndGroups()
    {
        var answer = await AskAsync("subjectaccessreviews", """{"user":"bob","groups":["devs"],"resourceAttributes":{"verb":"list","resource":"pods"}}""");
        var other = await AskAsync("subjectaccessreviews", """{"user":"alice","resourceAttributes":{"verb":"list","resource":"pods"}}""");
        Assert.That(((bool)answer["status"]!["allowed"]!, (bool)other["status"]!["allowed"]!), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Rules_OfANamespace_AreListed()
    {
        var answer = await AskAsync("selfsubjectrulesreviews", """{"namespace":"a"}""");
        Assert.That(
            answer["status"]!.ToJsonString(),
            Is.EqualTo("""{"resourceRules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get","list"]}],"nonResourceRules":[],"incomplete":false}"""));
    }

    [Test]
    public async Task WhoAmI_AnyUser_IsTold()
    {
        var answer = await AskAsync("selfsubjectreviews", null);
        Assert.That(
            answer["status"]!.ToJsonString(),
            Is.EqualTo("""{"userInfo":{"username":"alice","uid":"7","groups":["devs","system:authenticated"],"extra":{"k":["v"]}}}"""));
    }

    [Test]
    public async Task Token_Known_NamesTheUser()
    {
        var answer = await AskAsync("tokenreviews", """{"token":"good"}""");
        Assert.That(
            answer["status"]!.ToJsonString(),
            Is.EqualTo("""{"authenticated":true,"user":{"username":"bob","groups":["system:authenticated"]},"audiences":["us"]}"""));
    }

    [TestCase("""{"token":"bad"}""", "invalid bearer token")]
    [TestCase("""{"token":"good","audiences":["them"]}""", "the token is for another audience")]
    public async Task Token_NotForUs_IsNotAuthenticated(string spec, string why)
    {
        var answer = await AskAsync("tokenreviews", spec);
        Assert.That((answer["status"]!["authenticated"], (string?)answer["status"]!["error"]), Is.EqualTo(((JsonNode?)null, why)));
    }

    [Test]
    public void Types_All_ParseAndOfferOnlyCreate() =>
        Assert.That(ReviewTypes.All.Select(type => type.Versions[0].Verbs.Single()).Distinct(), Is.EqualTo(new[] { "create" }));

    private static async Task<JsonObject> AskAsync(string plural, string? spec)
    {
        var objects = new RbacObjects();
        objects.Replace([RbacScene.ClusterRole("y", RbacScene.Reads), RbacScene.ClusterRoleBinding("x", "y", RbacScene.Group("devs"))]);
        var rbac = new RbacAuthorizer(objects);
        var tokens = new StaticTokenAuthenticator([KeyValuePair.Create("good", new UserInfo { Name = "bob" })]);
        var handler = ReviewHandlers.All(rbac, rbac, [tokens], ["us"], new FakeClock()).Single(handler => handler.Resource.Resource == plural);
        var context = new ResourceContext
        {
            Type = handler.Type,
            Version = handler.Type.Versions[0],
            Namespace = plural.StartsWith("local", StringComparison.Ordinal) ? "a" : string.Empty,
            User = Alice,
        };
        var body = new JsonObject { ["apiVersion"] = $"{handler.Type.Group}/v1", ["kind"] = handler.Type.Kind };
        if (spec is not null)
        {
            body["spec"] = JsonNode.Parse(spec);
        }

        var answer = await handler.HandleAsync(context, "create", new RequestBody(body, []), new WriteOptions(), default);
        return answer.ToNode();
    }
}
