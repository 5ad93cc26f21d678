using KubeFed.TestSupport.Waiting;

namespace KubeFed.Conformance.Storage;

public abstract partial class StorageContract
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    [Test]
    public async Task CreateAsync_TimeToLive_IsRemovedAndReported()
    {
        var created = await CreateAsync("/a/1", "short", Short);
        await CreateAsync("/a/2", "long", Long);
        await CreateAsync("/a/3", "ever");
        await using var reader = Watch("/a/", created);
        await reader.NextAsync(2);

        Advance(Short);

        Assert.That(Describe(await reader.NextAsync()), Is.EqualTo("/a/1: short -> none"));
        Assert.That(Contents(await ListAsync("/a/")), Is.EqualTo(["/a/2=long", "/a/3=ever"]));
    }

    [Test]
    public async Task CreateAsync_TimeToLiveNotOver_IsThere()
    {
        await CreateAsync("/a/1", "long", Long);
        await CreateAsync("/a/2", "witness", Short);

        Advance(Short);
        await GoneAsync("/a/2");
        Advance(Long - Short - TimeSpan.FromMilliseconds(1));

        Assert.That(Text(await Store.GetAsync("/a/1", Limit)), Is.EqualTo("long"));
    }

    [Test]
    public async Task UpdateAsync_NoTimeToLive_TakesTheEarlierOneAway()
    {
        var created = await CreateAsync("/a/1", "short", Short);
        await CreateAsync("/a/2", "witness", Short);
        await UpdateAsync("/a/1", "ever", created);

        Advance(Short);
        await GoneAsync("/a/2");

        Assert.That(Text(await Store.GetAsync("/a/1", Limit)), Is.EqualTo("ever"));
    }

    [Test]
    public async Task UpdateAsync_LongerTimeToLive_Counts()
    {
        var created = await CreateAsync("/a/1", "short", Short);
        await CreateAsync("/a/2", "witness", Short);
        await UpdateAsync("/a/1", "long", created, Long);

        Advance(Short);
        await GoneAsync("/a/2");

        Assert.That(Text(await Store.GetAsync("/a/1", Limit)), Is.EqualTo("long"));
    }

    [Test]
    public async Task CreateAsync_TimeToLiveOfADeletedKey_DoesNotRemoveItsSuccessor()
    {
        await DeleteAsync("/a/1", await CreateAsync("/a/1", "short", Short));
        await CreateAsync("/a/1", "ever");
        await CreateAsync("/a/2", "witness", Short);

        Advance(Short);
        await GoneAsync("/a/2");

        Assert.That(Text(await Store.GetAsync("/a/1", Limit)), Is.EqualTo("ever"));
    }

    private Task GoneAsync(string key) =>
        Eventually.True(async () => await Store.GetAsync(key, Limit) is null, $"the removal of {key}, whose time has passed");
}
