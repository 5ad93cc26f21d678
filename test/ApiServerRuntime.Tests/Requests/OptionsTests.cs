using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Tests.Hosting;

namespace KubeFed.ApiServerRuntime.Tests.Requests;

[TestFixture]
public sealed class OptionsTests
{
    private TestApi _api = null!;

    [SetUp]
    public async Task SetUp() => _api = await TestApi.StartAsync();

    [TearDown]
    public async Task TearDown() => await _api.DisposeAsync();

    [TestCase("POST", "?dryRun=Some", 422, "CreateOptions.meta.k8s.io \\\"\\\" is invalid: dryRun: Unsupported value: [\\\"Some\\\"]: supported values: \\\"All\\\"")]
    [TestCase("POST", "?fieldValidation=Maybe", 422, "CreateOptions.meta.k8s.io \\\"\\\" is invalid: fieldValidation: Unsupported value: \\\"Maybe\\\": supported values: \\\"\\\", \\\"Ignore\\\", \\\"Strict\\\", \\\"Warn\\\"")]
    [TestCase("POST", "?fieldManager=a%07b", 422, "CreateOptions.meta.k8s.io \\\"\\\" is invalid: fieldManager: Invalid value: \\\"a\\\\ab\\\": invalid character U+0007 (at position 1)")]
    [TestCase("PUT", "/a?dryRun=x", 422, "UpdateOptions.meta.k8s.io")]
    [TestCase("PUT", "", 400, "name must be provided")]
    [TestCase("PATCH", "/a?force=true", 422, "PatchOptions.meta.k8s.io \\\"\\\" is invalid: force: Forbidden: may not be specified for non-apply patch")]
    [TestCase("APPLY", "/a", 422, "PatchOptions.meta.k8s.io \\\"\\\" is invalid: fieldManager: Required value: is required for apply patch\",\"reason\":\"Invalid\",\"details\":{\"group\":\"meta.k8s.io\",\"kind\":\"PatchOptions\",\"causes\":[{\"reason\":\"FieldValueRequired\",\"message\":\"Required value: is required for apply patch\",\"field\":\"fieldManager\"}]},\"code\":422")]
    [TestCase("GET", "?limit=x", 400, "strconv.ParseInt: parsing \\\"x\\\": invalid syntax")]
    [TestCase("GET", "?limit=99999999999999999999", 400, "value out of range")]
    [TestCase("GET", "?resourceVersionMatch=Exact", 422, "ListOptions.meta.k8s.io \\\"\\\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided")]
    [TestCase("GET", "?resourceVersionMatch=Exact&resourceVersion=0", 422, "resourceVersionMatch \\\"exact\\\" is forbidden for resourceVersion \\\"0\\\"")]
    [TestCase("GET", "?sendInitialEvents=true", 422, "sendInitialEvents is forbidden for list")]
    [TestCase("GET", "?watch=1&sendInitialEvents=true", 422, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")]
    [TestCase("GET", "?watch=1&resourceVersionMatch=NotOlderThan", 422, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")]
    [TestCase("GET", "?timeout=x", 400, "invalid timeout specified in the request URL")]
    [TestCase("DELETE", "/a?propagationPolicy=Later", 422, "DeleteOptions.meta.k8s.io")]
    [TestCase("DELETE", "/a?propagationPolicy=Orphan&orphanDependents=true", 422, "orphanDependents and deletionPropagation cannot be both set")]
    [TestCase("DELETE", "/a?gracePeriodSeconds=x", 400, "invalid syntax")]
    [TestCase("POST", "/a/status", 405, "create is not supported on resources of kind \\\"widgets.demo.example.dev\\\"")]
    public async Task Send_WrongOption_IsRefused(string method, string url, int code, string text)
    {
        bool apply = method == "APPLY";
        string? body = method is "GET" or "DELETE" ? null : TestApi.WidgetJson("a");
        string? type = apply ? "application/apply-patch+yaml" : method == "PATCH" ? "application/merge-patch+json" : null;
        TestApi.Answer answer = await _api.SendAsync(new HttpMethod(apply ? "PATCH" : method), TestApi.Widgets + url, body, type);
        Assert.That(answer.Code, Is.EqualTo(code), answer.Text);
        Assert.That(answer.Text, Does.Contain(text));
        Assert.That(_api.Store.Calls, Is.Empty);
    }

    [Test]
    public async Task Delete_OptionsInTheBody_ReachTheStore()
    {
        await _api.CreateAsync("a");
        await _api.SendAsync(
            HttpMethod.Delete,
            TestApi.Widgets + "/a",
            """{"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Foreground","gracePeriodSeconds":5,"preconditions":{"uid":"u","resourceVersion":"7"},"dryRun":["All"]}""");
        Assert.That(_api.Store.Calls.Last().Options, Is.EqualTo(new DeleteOptions
        {
            PropagationPolicy = PropagationPolicy.Foreground,
            GracePeriodSeconds = 5,
            PreconditionUid = "u",
            PreconditionResourceVersion = "7",
            DryRun = true,
        }));
    }

    [TestCase("""{"kind":"Widget"}""")]
    [TestCase("""{"gracePeriodSeconds":"5"}""")]
    [TestCase("""{"preconditions":[]}""")]
    [TestCase("""{"dryRun":[1]}""")]
    [TestCase("nonsense")]
    public async Task Delete_WrongBody_Answers400(string body)
    {
        TestApi.Answer answer = await _api.SendAsync(HttpMethod.Delete, TestApi.Widgets + "/a", body);
        Assert.That(answer.Code, Is.EqualTo(400), answer.Text);
    }

    [Test]
    public async Task List_Options_ReachTheStore()
    {
        await _api.GetAsync(TestApi.Widgets + "?labelSelector=a%3Db&fieldSelector=metadata.name%3Dx&limit=5&continue=3&resourceVersion=7&resourceVersionMatch=");
        Assert.That(_api.Store.Calls.Last().Options, Is.EqualTo(new ListOptions
        {
            LabelSelector = "a=b",
            FieldSelector = "metadata.name=x",
            Limit = 5,
            Continue = "3",
            ResourceVersion = "7",
        }));
        Assert.That(_api.Store.Calls.Last().Context.Name, Is.Empty);
    }

    [TestCase("kubectl/v1.35.0 (linux/amd64)", "kubectl")]
    [TestCase("", "unknown")]
    public async Task Create_NoFieldManager_IsTheUserAgents(string agent, string expected)
    {
        await _api.SendAsync(HttpMethod.Post, TestApi.Widgets, TestApi.WidgetJson("a"), null, ("User-Agent", agent));
        Assert.That(_api.Store.Calls.Last().Context.DefaultFieldManager, Is.EqualTo(expected));
    }
}
