using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.Conformance.Storage;

public abstract partial class StorageContract
{
    [Test]
    public async Task Reopened_Store_HasWhatWasWrittenAndItsHistory()
    {
        RequirePersistence();
        var first = await CreateAsync("/a/1", "one");
        var second = await UpdateAsync("/a/1", "two", first);
        await CreateAsync("/a/2", "x");
        var last = await DeleteAsync("/a/1", second);

        await ReopenAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Contents(await ListAsync("/a/")), Is.EqualTo(["/a/2=x"]));
            Assert.That(Contents(await ListAsync("/a/", second)), Is.EqualTo(["/a/1=two"]));
            Assert.That(await CreateAsync("/a/3"), Is.GreaterThan(last));
        }

        await using var reader = Watch("/a/", first);
        Assert.That(
            (await reader.NextAsync(4)).Select(Describe),
            Is.EqualTo(["/a/1: one -> two", "/a/2: none -> x", "/a/1: two -> none", "/a/3: none -> v"]));
    }

    [Test]
    public async Task Reopened_AfterCompactionToTheNewest_RevisionsStillRise()
    {
        RequirePersistence();
        var deleted = await DeleteAsync("/a/1", await CreateAsync("/a/1"));
        await Store.CompactAsync(deleted, Limit);

        await ReopenAsync();

        Assert.That((await ListAsync("/a/")).Revision, Is.GreaterThanOrEqualTo(deleted));
        await CatchAsync<RevisionCompactedException>(() => ListAsync("/a/", deleted - 1));
        Assert.That(await CreateAsync("/a/1"), Is.GreaterThan(deleted));
    }

    [Test]
    public async Task Reopened_TimesToLive_GoOn()
    {
        RequirePersistence();
        await CreateAsync("/a/1", "short", Short);
        await CreateAsync("/a/2", "long", Long);

        await ReopenAsync();
        Advance(Short);

        await GoneAsync("/a/1");
        Assert.That(Text(await Store.GetAsync("/a/2", Limit)), Is.EqualTo("long"));
    }

    private void RequirePersistence()
    {
        if (!Persists)
        {
            Assert.Ignore("this store does not persist");
        }
    }
}
