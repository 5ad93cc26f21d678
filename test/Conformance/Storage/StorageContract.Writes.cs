using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.Conformance.Storage;

public abstract partial class StorageContract
{
    [Test]
    public async Task CreateAsync_NewKey_CanBeRead()
    {
        var revision = await CreateAsync("/a/1", "one");

        var stored = await Store.GetAsync("/a/1", Limit);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(revision, Is.GreaterThan(1), "0 and 1 mean something else to clients");
            Assert.That(stored?.Key, Is.EqualTo("/a/1"));
            Assert.That(Text(stored), Is.EqualTo("one"));
            Assert.That(stored?.Revision, Is.EqualTo(revision));
        }
    }

    [Test]
    public async Task CreateAsync_KeyThatExists_IsRefusedWithWhatIsThere()
    {
        var revision = await CreateAsync("/a/1", "one");

        var second = await Store.CreateAsync("/a/1", Bytes("two"), null, Limit);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Succeeded, Is.False);
            Assert.That(second.Revision, Is.GreaterThanOrEqualTo(revision));
            Assert.That(Text(second.Current), Is.EqualTo("one"));
            Assert.That(second.Current?.Revision, Is.EqualTo(revision));
            Assert.That(Text(await Store.GetAsync("/a/1", Limit)), Is.EqualTo("one"));
        }
    }

    [Test]
    public async Task CreateAsync_AfterDelete_MakesTheKeyAnew()
    {
        var created = await CreateAsync("/a/1", "one");
        var deleted = await DeleteAsync("/a/1", created);

        var again = await CreateAsync("/a/1", "two");

        Assert.That(again, Is.GreaterThan(deleted));
        Assert.That(Text(await Store.GetAsync("/a/1", Limit)), Is.EqualTo("two"));
    }

    [Test]
    public async Task UpdateAsync_ExpectedRevision_Replaces()
    {
        var created = await CreateAsync("/a/1", "one");

        var updated = await UpdateAsync("/a/1", "two", created);

        var stored = await Store.GetAsync("/a/1", Limit);
        Assert.That(updated, Is.GreaterThan(created));
        Assert.That((Text(stored), stored?.Revision), Is.EqualTo(("two", updated)));
    }

    [Test]
    public async Task UpdateAsync_OtherRevision_IsRefusedWithWhatIsThere()
    {
        var created = await CreateAsync("/a/1", "one");
        var updated = await UpdateAsync("/a/1", "two", created);

        var stale = await Store.UpdateAsync("/a/1", Bytes("three"), created, null, Limit);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stale.Succeeded, Is.False);
            Assert.That((Text(stale.Current), stale.Current?.Revision), Is.EqualTo(("two", updated)));
            Assert.That(Text(await Store.GetAsync("/a/1", Limit)), Is.EqualTo("two"));
        }
    }

    [Test]
    public async Task UpdateAsync_MissingKey_IsRefusedWithNothing()
    {
        var created = await CreateAsync("/a/1", "one");
        await DeleteAsync("/a/1", created);

        var gone = await Store.UpdateAsync("/a/1", Bytes("two"), created, null, Limit);
        var never = await Store.UpdateAsync("/a/2", Bytes("two"), created, null, Limit);

        Assert.That((gone.Succeeded, gone.Current), Is.EqualTo((false, default(StoredValue))));
        Assert.That((never.Succeeded, never.Current), Is.EqualTo((false, default(StoredValue))));
        Assert.That(await Store.GetAsync("/a/1", Limit), Is.Null);
    }

    [Test]
    public async Task DeleteAsync_ExpectedRevision_Removes()
    {
        var created = await CreateAsync("/a/1");

        var deleted = await DeleteAsync("/a/1", created);

        Assert.That(deleted, Is.GreaterThan(created));
        Assert.That(await Store.GetAsync("/a/1", Limit), Is.Null);
    }

    [Test]
    public async Task DeleteAsync_OtherRevisionOrMissingKey_IsRefused()
    {
        var created = await CreateAsync("/a/1", "one");
        var updated = await UpdateAsync("/a/1", "two", created);

        var stale = await Store.DeleteAsync("/a/1", created, Limit);
        var missing = await Store.DeleteAsync("/a/2", created, Limit);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stale.Succeeded, Is.False);
            Assert.That(stale.Current?.Revision, Is.EqualTo(updated));
            Assert.That((missing.Succeeded, missing.Current), Is.EqualTo((false, default(StoredValue))));
            Assert.That(Text(await Store.GetAsync("/a/1", Limit)), Is.EqualTo("two"));
        }
    }

    [Test]
    public async Task Writes_OneAfterTheOther_TakeRisingRevisions()
    {
        List<long> revisions = [];
        for (var i = 0; i < 20; i++)
        {
            revisions.Add(await CreateAsync($"/a/{i}"));
            revisions.Add(await UpdateAsync($"/a/{i}", "w", revisions[^1]));
        }

        Assert.That(revisions, Is.Ordered.Ascending.And.Unique);
    }

    [Test]
    public async Task CreateAsync_ManyAtOnceOnOneKey_ExactlyOneSucceeds()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 32)
            .Select(i => Task.Run(() => Store.CreateAsync("/a/1", Bytes($"{i}"), null, Limit))));

        var winner = results.Single(result => result.Succeeded);
        Assert.That((await Store.GetAsync("/a/1", Limit))?.Revision, Is.EqualTo(winner.Revision));
        Assert.That(results.Where(result => !result.Succeeded).Select(result => result.Current?.Revision), Is.All.EqualTo(winner.Revision));
    }

    [Test]
    public async Task CreateAsync_LargeAndEmptyAndBinaryValues_ComeBackAsTheyWere()
    {
        var large = new byte[1_500_000];
        new Random(7).NextBytes(large);
        var beside = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();

        await Store.CreateAsync("/a/large", large, null, Limit);
        await Store.CreateAsync("/a/empty", ReadOnlyMemory<byte>.Empty, null, Limit);
        await Store.CreateAsync("/a/binary", beside.AsMemory(3, 200), null, Limit);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await Store.GetAsync("/a/large", Limit))!.Value.Span.SequenceEqual(large), Is.True);
            Assert.That((await Store.GetAsync("/a/empty", Limit))!.Value.Length, Is.Zero);
            Assert.That((await Store.GetAsync("/a/binary", Limit))!.Value.ToArray(), Is.EqualTo(beside[3..203]));
        }
    }

    [Test]
    public async Task AnyCall_CancelledBefore_DoesNothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThatAsync(() => Store.CreateAsync("/a/1", Bytes("v"), null, cancelled), Throws.InstanceOf<OperationCanceledException>());
        await Assert.ThatAsync(() => Store.GetAsync("/a/1", cancelled), Throws.InstanceOf<OperationCanceledException>());
        await Assert.ThatAsync(
            () => Store.ListAsync("/a/", StorageListOptions.All, cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await Store.GetAsync("/a/1", Limit), Is.Null);
    }

    [TestCase("")]
    [TestCase("a/1")]
    [TestCase("/")]
    [TestCase("/a/ü")]
    public async Task CreateAsync_BadKey_IsRefused(string key) =>
        await Assert.ThatAsync(() => Store.CreateAsync(key, Bytes("v"), null, Limit), Throws.InstanceOf<ArgumentException>());
}
