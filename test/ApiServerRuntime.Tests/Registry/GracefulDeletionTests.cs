using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Registry;
using static KubeFed.ApiServerRuntime.Tests.Registry.StoreFixture;

namespace KubeFed.ApiServerRuntime.Tests.Registry;

public sealed class GracefulDeletionTests
{
    private static readonly ResourceContext Graceful = Context(
        "a", type: Widgets.Type with { GracePeriod = static root => root["spec"]?["replicas"]?.GetValue<int>() ?? 0 });

    [Test]
    public async Task Delete_TypeWithGrace_MarksUntilItIsDeletedWithNone()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget(rest: "\"spec\":{\"replicas\":30}"));

        var marked = (await fixture.DeleteAsync(context: Graceful)).Terminating!.Metadata;
        var again = (await fixture.DeleteAsync(context: Graceful)).Terminating!.Metadata;
        var gone = await fixture.DeleteAsync(new DeleteOptions { GracePeriodSeconds = 0 }, Graceful);

        Assert.That(marked.DeletionGracePeriodSeconds, Is.EqualTo(30));
        Assert.That(marked.DeletionTimestamp, Is.EqualTo(fixture.Clock.GetUtcNow().AddSeconds(30)));
        Assert.That(again.ResourceVersion, Is.EqualTo(marked.ResourceVersion));
        Assert.That(gone.Terminating, Is.Null);
    }

    [Test]
    public async Task Delete_FurtherGrace_ShortensAndNeverLengthens()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget(rest: "\"spec\":{\"replicas\":30}"));
        await fixture.DeleteAsync(context: Graceful);

        var longer = await fixture.DeleteAsync(new DeleteOptions { GracePeriodSeconds = 60 }, Graceful);
        var shorter = await fixture.DeleteAsync(new DeleteOptions { GracePeriodSeconds = 5 }, Graceful);

        Assert.That(longer.Terminating!.Metadata.DeletionGracePeriodSeconds, Is.EqualTo(30));
        Assert.That(shorter.Terminating!.Metadata.DeletionGracePeriodSeconds, Is.EqualTo(5));
    }

    [Test]
    public async Task Delete_ObjectWithoutGraceOfItsOwn_GoesAtOnce()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget(rest: "\"spec\":{\"replicas\":0}"));

        Assert.That((await fixture.DeleteAsync(new DeleteOptions { GracePeriodSeconds = 60 }, Graceful)).Terminating, Is.Null);
    }

    [Test]
    public async Task Delete_FinalizersAndNoGrace_StaysForThem()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget("\"name\":\"a\",\"finalizers\":[\"example.dev/f\"]", "\"spec\":{\"replicas\":30}"));
        await fixture.DeleteAsync(context: Graceful);

        var marked = (await fixture.DeleteAsync(new DeleteOptions { GracePeriodSeconds = 0 }, Graceful)).Terminating!.Metadata;
        await fixture.PatchAsync(PatchType.Merge, """{"metadata":{"finalizers":null}}""", context: Graceful);

        Assert.That(marked.DeletionGracePeriodSeconds, Is.Zero);
        Assert.That((await fixture.ListAsync()).Items, Is.Empty);
    }
}
