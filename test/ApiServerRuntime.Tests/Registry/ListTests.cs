using System.Text;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using static KubeFed.ApiServerRuntime.Tests.Registry.StoreFixture;

namespace KubeFed.ApiServerRuntime.Tests.Registry;

public sealed class ListTests
{
    [Test]
    public async Task List_InPages_ShowsTheSnapshotOfTheFirstPage()
    {
        await using var fixture = await FilledAsync("a", "b", "c", "d", "e");

        var first = await fixture.ListAsync(new ListOptions { Limit = 2 });
        await fixture.CreateAsync(Widget("\"name\":\"cc\""));
        var second = await fixture.ListAsync(new ListOptions { Limit = 2, Continue = first.Continue });
        var third = await fixture.ListAsync(new ListOptions { Limit = 2, Continue = second.Continue });

        Assert.That(Names(first, second, third), Is.EqualTo("a b | c d | e"));
        Assert.That((first.RemainingItemCount, second.RemainingItemCount, third.RemainingItemCount), Is.EqualTo((3L, 1L, (long?)null)));
        Assert.That((second.ResourceVersion, third.ResourceVersion, third.Continue), Is.EqualTo((first.ResourceVersion, first.ResourceVersion, (string?)null)));
    }

    [Test]
    public async Task List_ContinuedAfterCompaction_IsExpiredAndGoesOnInconsistently()
    {
        await using var fixture = await FilledAsync("a", "b", "c");
        var first = await fixture.ListAsync(new ListOptions { Limit = 1 });
        await fixture.CreateAsync(Widget("\"name\":\"bb\""));
        await fixture.Storage.CompactAsync(await fixture.Storage.ReadRevisionAsync(CancellationToken.None), CancellationToken.None);

        var expired = await Refusal(() => fixture.ListAsync(new ListOptions { Limit = 1, Continue = first.Continue }));
        var rest = await fixture.ListAsync(new ListOptions { Continue = expired.Metadata.Continue });

        Assert.That((expired.Code, expired.Reason), Is.EqualTo((410, "Expired")));
        Assert.That(expired.Message, Does.StartWith("The provided continue parameter is too old to display a consistent list result."));
        Assert.That(Names(rest), Is.EqualTo("b bb c"));
        Assert.That(rest.ResourceVersion, Is.EqualTo("5"));
    }

    [Test]
    public async Task List_SelectorAndLimit_FillsThePageAndCountsNothing()
    {
        await using var fixture = new StoreFixture();
        foreach (string name in (string[])["a", "b", "c", "d"])
        {
            await fixture.CreateAsync(Widget($"\"name\":\"{name}\",\"labels\":{{\"odd\":\"{(name is "a" or "c" ? "yes" : "no")}\"}}"));
        }

        var first = await fixture.ListAsync(new ListOptions { Limit = 1, LabelSelector = "odd=yes" });
        var second = await fixture.ListAsync(new ListOptions { Limit = 1, LabelSelector = "odd=yes", Continue = first.Continue });

        Assert.That(Names(first, second), Is.EqualTo("a | c"));
        Assert.That((first.RemainingItemCount, second.Continue), Is.EqualTo(((long?)null, (string?)null)));
    }

    [TestCase("spec.size=large", "b")]
    [TestCase("spec.size!=large", "a c")]
    [TestCase("spec.size=", "c")]
    [TestCase("metadata.name=b", "b")]
    [TestCase("metadata.name=b,spec.size=small", "")]
    [TestCase("metadata.name!=b,metadata.namespace=default", "a c")]
    public async Task List_FieldSelector_ChoosesByIt(string selector, string expected)
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget("\"name\":\"a\"", "\"spec\":{\"size\":\"small\"}"));
        await fixture.CreateAsync(Widget("\"name\":\"b\"", "\"spec\":{\"size\":\"large\"}"));
        await fixture.CreateAsync(Widget("\"name\":\"c\""));

        Assert.That(Names(await fixture.ListAsync(new ListOptions { FieldSelector = selector })), Is.EqualTo(expected));
    }

    [Test]
    public async Task List_AllNamespaces_GoesByNamespaceThenName()
    {
        await using var fixture = new StoreFixture();
        foreach (var (space, name) in ((string, string)[])[("b", "a"), ("a", "z"), ("a-b", "c"), ("a", "b")])
        {
            await fixture.CreateAsync(Widget($"\"name\":\"{name}\""), context: Context(@namespace: space));
        }

        var list = await fixture.ListAsync(context: Context(@namespace: string.Empty));

        Assert.That(list.Items.Select(item => item.Key.ToString()), Is.EqualTo(["a-b/c", "a/b", "a/z", "b/a"]));
    }

    [Test]
    public async Task List_ExactVersion_ShowsThatState()
    {
        await using var fixture = await FilledAsync("a", "b", "c");

        var exact = await fixture.ListAsync(new ListOptions { ResourceVersion = "3", ResourceVersionMatch = ResourceVersionMatch.Exact });
        var legacy = await fixture.ListAsync(new ListOptions { ResourceVersion = "3", Limit = 10 });
        var notOlder = await fixture.ListAsync(new ListOptions { ResourceVersion = "3" });

        Assert.That((Names(exact), Names(legacy), Names(notOlder)), Is.EqualTo(("a b", "a b", "a b c")));
        Assert.That((exact.ResourceVersion, notOlder.ResourceVersion), Is.EqualTo(("3", "4")));
    }

    [Test]
    public async Task List_VersionZero_IgnoresTheLimit()
    {
        await using var fixture = await FilledAsync("a", "b", "c");

        var list = await fixture.ListAsync(new ListOptions { ResourceVersion = "0", Limit = 1 });

        Assert.That(Names(list), Is.EqualTo("a b c"));
    }

    [Test]
    public async Task List_InAnotherVersion_SpeaksIt()
    {
        await using var fixture = await FilledAsync("a");

        var list = await fixture.ListAsync(context: Context(version: "v1beta1"));

        Assert.That(list.Items[0].ApiVersion, Is.EqualTo("demo.example.dev/v1beta1"));
        Assert.That(list.Items[0].Metadata.ResourceVersion, Is.EqualTo("2"));
    }

    [TestCase("x")]
    [TestCase("eyJ2IjoiMSJ9")]
    [TestCase("bm8ganNvbg")]
    public async Task List_BadToken_Answers400(string token)
    {
        await using var fixture = new StoreFixture();

        var status = await Refusal(() => fixture.ListAsync(new ListOptions { Continue = token }));

        Assert.That((status.Code, status.Reason), Is.EqualTo((400, "BadRequest")));
        Assert.That(status.Message, Does.StartWith("invalid continue token: "));
    }

    [TestCase("../other/a\0")]
    [TestCase("a/../../x")]
    [TestCase("/a")]
    [TestCase("")]
    public async Task List_TokenThatLeavesTheList_Answers400(string start)
    {
        await using var fixture = new StoreFixture();
        string json = "{\"v\":\"meta.k8s.io/v1\",\"rv\":5,\"start\":\"" + start.Replace("\0", "\\u0000", StringComparison.Ordinal) + "\"}";
        string token = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

        Assert.That((await Refusal(() => fixture.ListAsync(new ListOptions { Continue = token }))).Code, Is.EqualTo(400));
    }

    [Test]
    public async Task List_TokenOfKubernetes_IsRead()
    {
        await using var fixture = await FilledAsync("a", "b", "c");
        string token = System.Buffers.Text.Base64Url.EncodeToString("{\"v\":\"meta.k8s.io/v1\",\"rv\":4,\"start\":\"a\\u0000\"}"u8);

        Assert.That(Names(await fixture.ListAsync(new ListOptions { Continue = token })), Is.EqualTo("b c"));
    }

    private static async Task<StoreFixture> FilledAsync(params string[] names)
    {
        var fixture = new StoreFixture();
        foreach (string name in names)
        {
            await fixture.CreateAsync(Widget($"\"name\":\"{name}\""));
        }

        return fixture;
    }

    private static string Names(params KubeObjectList[] pages) =>
        string.Join(" | ", pages.Select(page => string.Join(' ', page.Items.Select(item => item.Metadata.Name))));
}
