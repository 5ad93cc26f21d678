using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Caching;
using static KubeFed.ApiServerRuntime.Tests.Registry.StoreFixture;

namespace KubeFed.ApiServerRuntime.Tests.Registry;

public sealed class WatchTests
{
    [Test]
    public async Task Watch_WithoutVersion_BeginsWithThePresentObjects()
    {
        var asked = await AskedAsync(new WatchOptions());

        Assert.That((asked.AfterRevision, asked.NotOlderThan, asked.SendInitialEventsEnd), Is.EqualTo(((long?)null, (long?)null, true)));
        Assert.That(asked.KeyPrefix, Is.EqualTo("/demo.example.dev/widgets/default/"));
    }

    [Test]
    public async Task Watch_VersionZero_BeginsWithAnyState()
    {
        var asked = await AskedAsync(new WatchOptions { ResourceVersion = "0", AllowBookmarks = false });

        Assert.That((asked.AfterRevision, asked.NotOlderThan, asked.SendInitialEventsEnd), Is.EqualTo(((long?)null, (long?)0, false)));
    }

    [Test]
    public async Task Watch_FromVersion_AsksForWhatFollows() =>
        Assert.That((await AskedAsync(new WatchOptions { ResourceVersion = "7" })).AfterRevision, Is.EqualTo(7));

    [Test]
    public async Task Watch_InitialEventsAsked_BeginsNotOlderThanTheVersion()
    {
        var asked = await AskedAsync(new WatchOptions
        {
            ResourceVersion = "7",
            SendInitialEvents = true,
            ResourceVersionMatch = ResourceVersionMatch.NotOlderThan,
        });

        Assert.That((asked.AfterRevision, asked.NotOlderThan, asked.SendInitialEventsEnd), Is.EqualTo(((long?)null, (long?)7, true)));
    }

    [Test]
    public async Task Watch_InitialEventsRefused_BeginsNow() =>
        Assert.That(
            (await AskedAsync(new WatchOptions { SendInitialEvents = false, ResourceVersionMatch = ResourceVersionMatch.NotOlderThan })).AfterRevision,
            Is.EqualTo(1));

    [Test]
    public async Task Watch_OfOneName_AsksForThatKeyOnly() =>
        Assert.That(
            (await AskedAsync(new WatchOptions { FieldSelector = "metadata.name=a" })).KeyPrefix,
            Is.EqualTo("/demo.example.dev/widgets/default/a"));

    [Test]
    public async Task Watch_BadVersion_Answers500()
    {
        await using var fixture = new StoreFixture();

        var status = await Refusal(() => fixture.Store.WatchAsync(Context(), new WatchOptions { ResourceVersion = "x" }, CancellationToken.None).AsTask());

        Assert.That(
            (status.Code, status.Message),
            Is.EqualTo((500, "resourceVersion: Invalid value: \"x\": strconv.ParseUint: parsing \"x\": invalid syntax")));
    }

    [Test]
    public async Task Watch_MatchWithoutInitialEvents_Answers422()
    {
        await using var fixture = new StoreFixture();
        var options = new WatchOptions { ResourceVersion = "5", ResourceVersionMatch = ResourceVersionMatch.NotOlderThan };

        var status = await Refusal(() => fixture.Store.WatchAsync(Context(), options, CancellationToken.None).AsTask());

        Assert.That(
            (status.Code, status.Message),
            Is.EqualTo((422, "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")));
    }

    [Test]
    public async Task Watch_HistoryGone_SaysSoInTheStream()
    {
        await using var fixture = new StoreFixture();
        fixture.Caches.Of(Widgets.Type).WatchFailure = StatusErrors.Expired("too old resource version: 1 (263)");

        await using var watch = await fixture.Store.WatchAsync(Context(), new WatchOptions { ResourceVersion = "1" }, CancellationToken.None);

        Assert.That((await Refusal(() => watch.ReadAsync(CancellationToken.None).AsTask())).Code, Is.EqualTo(410));
    }

    private static async Task<CacheWatchOptions> AskedAsync(WatchOptions options)
    {
        await using var fixture = new StoreFixture();
        await using var watch = await fixture.Store.WatchAsync(Context(), options, CancellationToken.None);
        return fixture.Caches.Of(Widgets.Type).Watches.Single();
    }
}
