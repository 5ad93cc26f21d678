using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.Tests.Hosting;

namespace KubeFed.ApiServerRuntime.Tests.Handlers;

[TestFixture]
public sealed class VerbTests
{
    [Test]
    public async Task Create_Json_AnswersTheObjectWith201()
    {
        await using TestApi api = await TestApi.StartAsync();
        TestApi.Answer answer = await api.SendAsync(HttpMethod.Post, TestApi.Widgets, TestApi.WidgetJson("a"));
        Assert.Multiple(() =>
        {
            Assert.That(answer.Code, Is.EqualTo(201));
            Assert.That(answer.ContentType, Is.EqualTo("application/json"));
            Assert.That(answer.Headers.CacheControl?.ToString(), Is.EqualTo("no-cache, private"));
            Assert.That(answer.Headers.Location, Is.Null);
            Assert.That(answer.Text, Does.EndWith("}\n"));
            Assert.That((string?)JsonNode.Parse(answer.Text)!["metadata"]!["name"], Is.EqualTo("a"));
        });
    }

    [Test]
    public async Task Create_Yaml_IsReadWithYaml11Scalars()
    {
        await using TestApi api = await TestApi.StartAsync();
        string yaml = "apiVersion: demo.example.dev/v1\nkind: Widget\nmetadata:\n  name: a\nspec:\n  on: y\n";
        TestApi.Answer answer = await api.SendAsync(HttpMethod.Post, TestApi.Widgets, yaml, "application/yaml", ("Accept", "application/yaml"));
        Assert.That(answer.Code, Is.EqualTo(201), answer.Text);
        Assert.That(answer.ContentType, Is.EqualTo("application/yaml"));
        Assert.That(answer.Text, Does.Contain("\"true\": true"));
    }

    [Test]
    public async Task Get_UnknownName_AnswersStatus404()
    {
        await using TestApi api = await TestApi.StartAsync();
        TestApi.Answer answer = await api.GetAsync(TestApi.Widgets + "/a");
        Assert.That(answer.Code, Is.EqualTo(404));
        Assert.That(answer.Text, Is.EqualTo(
            """
            {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"widgets.demo.example.dev \"a\" not found","reason":"NotFound","details":{"name":"a","group":"demo.example.dev","kind":"widgets"},"code":404}

            """));
    }

    [TestCase("/apis/demo.example.dev/v1/namespaces/default/things")]
    [TestCase("/apis/demo.example.dev/v1alpha1/namespaces/default/widgets")]
    [TestCase("/apis/other/v1/widgets")]
    [TestCase("/apis/demo.example.dev/v1/namespaces/default/gadgets")]
    [TestCase("/apis/demo.example.dev/v1/widgets/a")]
    [TestCase("/apis/demo.example.dev/v1/namespaces/default/widgets/a/nothing")]
    [TestCase("/apis/demo.example.dev/v1/watch/widgets")]
    [TestCase("/apis/demo.example.dev/v2")]
    [TestCase("/apis/nothing")]
    [TestCase("/api")]
    [TestCase("/nothing")]
    public async Task Get_NothingServed_AnswersPlain404(string path)
    {
        await using TestApi api = await TestApi.StartAsync();
        TestApi.Answer answer = await api.GetAsync(path);
        Assert.That((answer.Code, answer.Text, answer.ContentType), Is.EqualTo((404, "404 page not found\n", "text/plain; charset=utf-8")));
    }

    [Test]
    public async Task List_Objects_CopiesTheirBytes()
    {
        await using TestApi api = await TestApi.StartAsync();
        await api.CreateAsync("a");
        await api.CreateAsync("b");
        TestApi.Answer answer = await api.GetAsync(TestApi.Widgets + "?limit=1");
        string item = (await api.GetAsync(TestApi.Widgets + "/a")).Text.TrimEnd();
        Assert.That(answer.Text, Is.EqualTo(
            $$$"""{"apiVersion":"demo.example.dev/v1","items":[{{{item}}}],"kind":"WidgetList","metadata":{"continue":"1","remainingItemCount":1,"resourceVersion":"102"}}""" + "\n"));
    }

    [Test]
    public async Task List_Nothing_HasEmptyItems()
    {
        await using TestApi api = await TestApi.StartAsync();
        TestApi.Answer answer = await api.GetAsync(TestApi.Widgets);
        Assert.That(answer.Text, Is.EqualTo(
            """{"apiVersion":"demo.example.dev/v1","items":[],"kind":"WidgetList","metadata":{"continue":"","resourceVersion":"100"}}""" + "\n"));
    }

    [Test]
    public async Task Delete_Object_AnswersSuccess()
    {
        await using TestApi api = await TestApi.StartAsync();
        await api.CreateAsync("a");
        TestApi.Answer answer = await api.SendAsync(HttpMethod.Delete, TestApi.Widgets + "/a");
        Assert.That(answer.Code, Is.EqualTo(200));
        Assert.That(answer.Text, Does.StartWith(
            """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","details":{"name":"a","group":"demo.example.dev","kind":"widgets","uid":"""));
        Assert.That(answer.Text, Does.EndWith("\"}}\n"));
    }

    [Test]
    public async Task Patch_EachType_ReachesTheStore()
    {
        await using TestApi api = await TestApi.StartAsync();
        await api.CreateAsync("a");
        TestApi.Answer merge = await api.SendAsync(HttpMethod.Patch, TestApi.Widgets + "/a", """{"spec":{"size":"large"}}""", "application/merge-patch+json");
        TestApi.Answer json = await api.SendAsync(
            HttpMethod.Patch, TestApi.Widgets + "/a", """[{"op":"replace","path":"/spec/replicas","value":7}]""", "application/json-patch+json; charset=utf-8");
        TestApi.Answer apply = await api.SendAsync(
            HttpMethod.Patch, TestApi.Widgets + "/b?fieldManager=m&force=true", "apiVersion: demo.example.dev/v1\nkind: Widget\nmetadata:\n  name: b\n", "application/apply-patch+yaml");
        Assert.Multiple(() =>
        {
            Assert.That((merge.Code, merge.Text.Contains("\"size\":\"large\"")), Is.EqualTo((200, true)));
            Assert.That((json.Code, json.Text.Contains("\"replicas\":7")), Is.EqualTo((200, true)));
            Assert.That(apply.Code, Is.EqualTo(201), apply.Text);
        });
    }

    [Test]
    public async Task DeprecatedVersion_EveryAnswer_Warns()
    {
        await using TestApi api = await TestApi.StartAsync();
        TestApi.Answer answer = await api.GetAsync("/apis/demo.example.dev/v1beta1/namespaces/default/widgets/a");
        Assert.That(answer.Headers.GetValues("Warning"), Is.EqualTo(["299 - \"demo.example.dev/v1beta1 Widget is deprecated; use demo.example.dev/v1 Widget\""]));
    }
}
