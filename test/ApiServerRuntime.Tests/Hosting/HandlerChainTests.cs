using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.TestSupport.Threading;

namespace KubeFed.ApiServerRuntime.Tests.Hosting;

[TestFixture]
public sealed class HandlerChainTests
{
    private TestApi _api = null!;

    [SetUp]
    public async Task SetUp() => _api = await TestApi.StartAsync();

    [TearDown]
    public async Task TearDown() => await _api.DisposeAsync();

    [Test]
    public async Task WrongCredentials_Answer401()
    {
        TestApi.Answer answer = await _api.GetAsync(TestApi.Widgets, ("X-User", "nobody"));
        Assert.That((answer.Code, answer.Text), Is.EqualTo((401,
            """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401}""" + "\n")));
    }

    [TestCase("/apis/demo.example.dev/v1/namespaces/default/widgets", """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"widgets.demo.example.dev is forbidden: User \"alice\" cannot list resource \"widgets\" in API group \"demo.example.dev\" in the namespace \"default\"","reason":"Forbidden","details":{"group":"demo.example.dev","kind":"widgets"},"code":403}""")]
    [TestCase("/apis/demo.example.dev/v1/gadgets/a", """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"gadgets.demo.example.dev \"a\" is forbidden: User \"alice\" cannot get resource \"gadgets\" in API group \"demo.example.dev\" at the cluster scope","reason":"Forbidden","details":{"name":"a","group":"demo.example.dev","kind":"gadgets"},"code":403}""")]
    [TestCase("/version", """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"forbidden: User \"alice\" cannot get path \"/version\"","reason":"Forbidden","details":{},"code":403}""")]
    public async Task NotAllowed_Answers403(string path, string expected)
    {
        TestApi.Answer answer = await _api.GetAsync(path, ("X-User", "alice"));
        Assert.That((answer.Code, answer.Text), Is.EqualTo((403, expected + "\n")));
    }

    [Test]
    public async Task AuthorizerFails_Answers500WithoutTheCause()
    {
        TestApi.Answer answer = await _api.GetAsync(TestApi.Widgets, ("X-User", "broken"));
        Assert.That((answer.Code, answer.Text.Contains("reviewer", StringComparison.Ordinal)), Is.EqualTo((500, false)));
    }

    [Test]
    public async Task HandlerThrows_Answers500()
    {
        _api.Store.NextFailure = new InvalidOperationException("secret");
        TestApi.Answer answer = await _api.GetAsync(TestApi.Widgets + "/a");
        Assert.That(answer.Code, Is.EqualTo(500));
        Assert.That(answer.Text, Does.Contain("\"reason\":\"InternalError\"").And.Not.Contain("secret"));
    }

    [Test]
    public async Task StoreRefuses_AnswerHasRetryAfter()
    {
        _api.Store.NextFailure = StatusErrors.TooManyRequests("storage is (re)initializing", 1);
        TestApi.Answer answer = await _api.GetAsync(TestApi.Widgets + "/a");
        Assert.That((answer.Code, answer.Headers.RetryAfter?.ToString()), Is.EqualTo((429, "1")));
    }

    [Test]
    public async Task RequestTakesTooLong_Answers504()
    {
        _api.Store.Before = cancellationToken => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        TestApi.Answer answer = await _api.GetAsync(TestApi.Widgets + "?timeout=50ms");
        Assert.That(answer.Code, Is.EqualTo(504));
        Assert.That(answer.Text, Does.Contain("\"message\":\"Timeout: request did not complete within requested timeout - context deadline exceeded\",\"reason\":\"Timeout\""));
    }

    [Test]
    public async Task Impersonation_Allowed_ServesAsTheOther()
    {
        await _api.SendAsync(
            HttpMethod.Get, TestApi.Widgets, null, null, ("Impersonate-User", "bob"), ("Impersonate-Group", "devs"), ("Impersonate-Extra-Acme.Com%2FScope", "view"), ("Impersonate-Uid", "7"));
        Assert.That(_api.Authorizer.Asked.Select(Text), Is.EqualTo(
        [
            "admin impersonate /users//bob",
            "admin impersonate /groups//devs",
            "admin impersonate authentication.k8s.io/userextras/acme.com/scope/view",
            "admin impersonate authentication.k8s.io/uids//7",
            "bob list demo.example.dev/widgets//",
        ]));
        Assert.That(_api.Store.Calls.Single().Context.User.Groups, Is.EqualTo(["devs", "system:authenticated"]));
    }

    [Test]
    public async Task Impersonation_ServiceAccount_HasItsGroups()
    {
        await _api.GetAsync(TestApi.Widgets, ("Impersonate-User", "system:serviceaccount:ns:sa"));
        Assert.That(_api.Authorizer.Asked.First() is { Resource: "serviceaccounts", Namespace: "ns", Name: "sa" });
        Assert.That(
            _api.Store.Calls.Single().Context.User.Groups, Is.EqualTo(["system:serviceaccounts", "system:serviceaccounts:ns", "system:authenticated"]));
    }

    [Test]
    public async Task Impersonation_NotAllowed_Answers403()
    {
        TestApi.Answer answer = await _api.GetAsync(TestApi.Widgets, ("X-User", "alice"), ("Impersonate-User", "bob"));
        Assert.That((answer.Code, answer.Text.Contains("cannot impersonate resource \\\"users\\\"", StringComparison.Ordinal)), Is.EqualTo((403, true)));
    }

    [Test]
    public async Task Impersonation_NoUser_Answers400()
    {
        Assert.That((await _api.GetAsync(TestApi.Widgets, ("Impersonate-Group", "devs"))).Code, Is.EqualTo(400));
    }

    [Test]
    public async Task Version_IsASemanticVersion()
    {
        TestApi.Answer answer = await _api.GetAsync("/version");
        Assert.That(answer.Text, Does.Match("^\\{\"major\":\"1\",\"minor\":\"[0-9]+\",\"gitVersion\":\"v1\\.[0-9]+\\.[0-9]+[^\"]*\",\"gitCommit\":"));
    }

    [TestCase("/healthz", "ok")]
    [TestCase("/livez", "ok")]
    [TestCase("/readyz?verbose", "[+]ping ok\n[+]shutdown ok\nreadyz check passed\n")]
    [TestCase("/readyz/shutdown", "ok")]
    public async Task Health_Well_Answers200(string path, string expected)
    {
        TestApi.Answer answer = await _api.GetAsync(path);
        Assert.That((answer.Code, answer.Text), Is.EqualTo((200, expected)));
    }

    [Test]
    public async Task Root_ListsPaths() =>
        Assert.That((await _api.GetAsync("/")).Text, Does.Contain("\"/apis/demo.example.dev/v1\"").And.Contain("\"/readyz\""));

    [Test]
    public async Task Stop_RequestInFlight_IsAnswered()
    {
        var point = new SyncPoint();
        _api.Store.Before = point.PassAsync;
        Task<TestApi.Answer> request = _api.GetAsync(TestApi.Widgets);
        await point.ReachedAsync();
        Task stopped = _api.Server.StopAsync(CancellationToken.None);
        point.Release();
        Assert.That((await request).Code, Is.EqualTo(200));
        await stopped;
    }

    private static string Text(AuthorizationAttributes a) => $"{a.User.Name} {a.Verb} {a.Group}/{a.Resource}/{a.Subresource}/{a.Name}";
}
