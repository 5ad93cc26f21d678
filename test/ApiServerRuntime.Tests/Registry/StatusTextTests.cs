using System.Text.Json;
using KubeFed.ApiMachinery.Meta;
using static KubeFed.ApiServerRuntime.Tests.Registry.StoreFixture;

namespace KubeFed.ApiServerRuntime.Tests.Registry;

/// <summary>The failures that clients see, whole, as kube-apiserver 1.36 answers them.</summary>
public sealed class StatusTextTests
{
    private const string Head = """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":""";
    private const string OfA = "\"details\":{\"name\":\"a\",\"group\":\"demo.example.dev\",\"kind\":\"widgets\"}";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Test]
    public async Task Get_Missing_Answers404()
    {
        await using var fixture = new StoreFixture();

        await AssertAsync(() => fixture.GetAsync(), Head + "\"widgets.demo.example.dev \\\"a\\\" not found\",\"reason\":\"NotFound\"," + OfA + ",\"code\":404}");
    }

    [Test]
    public async Task Create_Existing_Answers409()
    {
        await using var fixture = await WithWidgetAsync();

        await AssertAsync(
            () => fixture.CreateAsync(Widget()),
            Head + "\"widgets.demo.example.dev \\\"a\\\" already exists\",\"reason\":\"AlreadyExists\"," + OfA + ",\"code\":409}");
    }

    [Test]
    public async Task Create_WhileBeingDeleted_SaysSo()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget("\"name\":\"a\",\"finalizers\":[\"x.io/y\"]"));
        await fixture.DeleteAsync();

        await AssertAsync(
            () => fixture.CreateAsync(Widget()),
            Head + "\"object is being deleted: widgets.demo.example.dev \\\"a\\\" already exists\",\"reason\":\"AlreadyExists\"," + OfA + ",\"code\":409}");
    }

    [Test]
    public async Task Update_OldVersion_Answers409()
    {
        await using var fixture = await WithWidgetAsync();

        await AssertAsync(
            () => fixture.UpdateAsync(Widget("\"name\":\"a\",\"resourceVersion\":\"1\"")),
            Head + "\"Operation cannot be fulfilled on widgets.demo.example.dev \\\"a\\\": the object has been modified; please apply your changes to the latest version and try again\",\"reason\":\"Conflict\"," + OfA + ",\"code\":409}");
    }

    [Test]
    public async Task Update_WithoutVersion_Answers422()
    {
        await using var fixture = await WithWidgetAsync();

        await AssertAsync(
            () => fixture.UpdateAsync(Widget()),
            Head + "\"widgets.demo.example.dev \\\"a\\\" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update\",\"reason\":\"Invalid\",\"details\":{\"name\":\"a\",\"group\":\"demo.example.dev\",\"kind\":\"widgets\",\"causes\":[{\"reason\":\"FieldValueInvalid\",\"message\":\"Invalid value: 0: must be specified for an update\",\"field\":\"metadata.resourceVersion\"}]},\"code\":422}");
    }

    [Test]
    public async Task Create_UnsupportedValue_Answers422()
    {
        await using var fixture = new StoreFixture();

        await AssertAsync(
            () => fixture.CreateAsync(Widget("\"name\":\"x\"", "\"spec\":{\"size\":\"huge\"}")),
            Head + "\"Widget.demo.example.dev \\\"x\\\" is invalid: spec.size: Unsupported value: \\\"huge\\\": supported values: \\\"small\\\", \\\"medium\\\", \\\"large\\\"\",\"reason\":\"Invalid\",\"details\":{\"name\":\"x\",\"group\":\"demo.example.dev\",\"kind\":\"Widget\",\"causes\":[{\"reason\":\"FieldValueNotSupported\",\"message\":\"Unsupported value: \\\"huge\\\": supported values: \\\"small\\\", \\\"medium\\\", \\\"large\\\"\",\"field\":\"spec.size\"}]},\"code\":422}");
    }

    [Test]
    public async Task Apply_WithoutManager_Answers422()
    {
        await using var fixture = new StoreFixture();

        await AssertAsync(
            () => fixture.PatchAsync(PatchType.Apply, Widget(), new ApplyOptions()),
            Head + "\"PatchOptions.meta.k8s.io \\\"\\\" is invalid: fieldManager: Required value: is required for apply patch\",\"reason\":\"Invalid\",\"details\":{\"group\":\"meta.k8s.io\",\"kind\":\"PatchOptions\",\"causes\":[{\"reason\":\"FieldValueRequired\",\"message\":\"Required value: is required for apply patch\",\"field\":\"fieldManager\"}]},\"code\":422}");
    }

    [Test]
    public async Task Apply_OverAnothersField_Answers409()
    {
        await using var fixture = await WithWidgetAsync(new WriteOptions { FieldManager = "curl" });

        await AssertAsync(
            () => fixture.PatchAsync(PatchType.Apply, Widget(rest: "\"spec\":{\"replicas\":9}"), new ApplyOptions { FieldManager = "m" }),
            Head + "\"Apply failed with 1 conflict: conflict with \\\"curl\\\" using demo.example.dev/v1: .spec.replicas\",\"reason\":\"Conflict\",\"details\":{\"causes\":[{\"reason\":\"FieldManagerConflict\",\"message\":\"conflict with \\\"curl\\\" using demo.example.dev/v1\",\"field\":\".spec.replicas\"}]},\"code\":409}");
    }

    [Test]
    public async Task List_FutureVersion_Answers504()
    {
        await using var fixture = await WithWidgetAsync();

        await AssertAsync(
            () => fixture.ListAsync(new ListOptions { ResourceVersion = "99999999" }),
            Head + "\"Timeout: Too large resource version: 99999999, current: 2\",\"reason\":\"Timeout\",\"details\":{\"causes\":[{\"reason\":\"ResourceVersionTooLarge\",\"message\":\"Too large resource version\"}],\"retryAfterSeconds\":1},\"code\":504}");
    }

    [Test]
    public async Task Patch_Strategic_Answers415()
    {
        await using var fixture = await WithWidgetAsync();

        await AssertAsync(
            () => fixture.PatchAsync(PatchType.StrategicMerge, "{}"),
            Head + "\"the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml\",\"reason\":\"UnsupportedMediaType\",\"code\":415}");
    }

    [TestCase("""{"apiVersion":"demo.example.dev/v2","kind":"Widget","metadata":{"name":"a"}}""", "the API version in the data (demo.example.dev/v2) does not match the expected API version (demo.example.dev/v1)")]
    [TestCase("""{"apiVersion":"demo.example.dev/v1","kind":"Widget","metadata":{"name":"a","namespace":"other"}}""", "the namespace of the provided object does not match the namespace sent on the request")]
    [TestCase("""{"apiVersion":"demo.example.dev/v1","metadata":{"name":"a"}}""", "the object provided is unrecognized (must be of type Widget): Object 'Kind' is missing in '{\"apiVersion\":\"demo.example.dev/v1\",\"metadata\":{\"name\":\"a\"}}' ({\"apiVersion\":\"demo.example.de ...)")]
    public async Task Create_OfSomethingElse_Answers400(string body, string message)
    {
        await using var fixture = new StoreFixture();

        var status = await Refusal(() => fixture.CreateAsync(body));

        Assert.That((status.Code, status.Reason, status.Message), Is.EqualTo((400, "BadRequest", message)));
    }

    [Test]
    public async Task Update_OtherName_Answers400()
    {
        await using var fixture = await WithWidgetAsync();

        var status = await Refusal(() => fixture.UpdateAsync(Widget("\"name\":\"b\"")));

        Assert.That((status.Code, status.Message), Is.EqualTo((400, "the name of the object (b) does not match the name on the URL (a)")));
    }

    [Test]
    public async Task Create_UnknownFields_WarnsOrRefusesAsAsked()
    {
        await using var fixture = new StoreFixture();
        var context = Context();
        string json = Widget(rest: "\"spec\":{\"replicas\":1,\"bogus\":2}");

        var strict = await Refusal(() => fixture.Store.CreateAsync(
            context, Body(json, "spec.replicas"), new WriteOptions { FieldValidation = FieldValidation.Strict }, CancellationToken.None));
        await fixture.Store.CreateAsync(context, Body(json, "spec.replicas"), new WriteOptions(), CancellationToken.None);

        Assert.That(
            strict.Message,
            Is.EqualTo("Widget in version \"v1\" cannot be handled as a Widget: strict decoding error: duplicate field \"spec.replicas\", unknown field \"spec.bogus\""));
        Assert.That(context.Warnings.Texts, Is.EqualTo(["duplicate field \"spec.replicas\"", "unknown field \"spec.bogus\""]));
        Assert.That((await fixture.GetAsync()).GetNode("spec", "bogus"), Is.Null);
    }

    [Test]
    public async Task Patch_UnknownFieldStrictly_Answers422OnThePatch()
    {
        await using var fixture = await WithWidgetAsync();

        var status = await Refusal(() => fixture.PatchAsync(
            PatchType.Merge, """{"spec":{"bogus":1}}""", new WriteOptions { FieldValidation = FieldValidation.Strict }));

        Assert.That((status.Code, status.Details!.Causes![0].Field), Is.EqualTo((422, "patch")));
        Assert.That(status.Message, Does.EndWith("strict decoding error: unknown field \"spec.bogus\""));
    }

    [TestCase("abc", "invalid resource version: resourceVersion: Invalid value: \"abc\": strconv.ParseUint: parsing \"abc\": invalid syntax")]
    public async Task List_BadVersion_Answers400(string version, string message)
    {
        await using var fixture = new StoreFixture();

        var status = await Refusal(() => fixture.ListAsync(new ListOptions { ResourceVersion = version }));

        Assert.That((status.Code, status.Message), Is.EqualTo((400, message)));
    }

    [TestCase("", "field label not supported: spec.foo", "spec.foo=1")]
    [TestCase("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt", "")]
    public async Task List_BadSelector_Answers400(string labels, string message, string fields)
    {
        await using var fixture = new StoreFixture();

        var status = await Refusal(() => fixture.ListAsync(new ListOptions { LabelSelector = labels, FieldSelector = fields }));

        Assert.That((status.Code, status.Reason, status.Message), Is.EqualTo((400, "BadRequest", message)));
    }

    private static async Task<StoreFixture> WithWidgetAsync(WriteOptions? options = null)
    {
        var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget(), options);
        return fixture;
    }

    private static async Task AssertAsync(Func<Task> call, string expected)
    {
        var status = await Refusal(call);
        using var actual = JsonSerializer.SerializeToDocument(status, Json);
        using var wanted = JsonDocument.Parse(expected);
        Assert.That(JsonElement.DeepEquals(actual.RootElement, wanted.RootElement), Is.True, actual.RootElement.GetRawText());
    }
}
