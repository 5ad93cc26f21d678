using System.Collections.Concurrent;
using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.Conformance.Storage;

public abstract partial class StorageContract
{
    private const int Writers = 8;
    private const int WritesEach = 150;

    /// <summary>
    /// Writers race on few keys while watchers come and go at random points. Afterwards the acknowledged writes, ordered by revision, must
    /// explain everything: each was allowed by the state before it, every watcher saw exactly them, and lists show the state of their
    /// revision.
    /// </summary>
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Storm_WritersAndResumingWatchers_AgreeWithOneHistory(int seed)
    {
        var start = await CreateAsync("/a/start");
        ConcurrentBag<StorageEvent> acknowledged = [];
        var watching = Enumerable.Range(0, 4).Select(i => FollowAsync(i % 2 == 0 ? "/a/" : "/a/k1", start, new Random(seed * 100 + i)))
            .ToArray();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Run(() => WriteAsync(i, new Random(seed * 1000 + i), acknowledged))));
        var last = await CreateAsync("/a/k1-end", "end");
        acknowledged.Add(new StorageEvent("/a/k1-end", last, new StoredValue("/a/k1-end", Bytes("end"), last), null));

        var history = acknowledged.OrderBy(e => e.Revision).ToArray();
        var seen = await Task.WhenAll(watching);

        AssertSequential(history);
        for (var i = 0; i < seen.Length; i++)
        {
            var expected = history.Where(e => i % 2 == 0 || e.Key.StartsWith("/a/k1", StringComparison.Ordinal)).Select(Line);
            Assert.That(seen[i].Select(Line), Is.EqualTo(expected), $"what watcher {i} saw");
        }

        await AssertListsAsync(history, new Random(seed));
    }

    private static string Line(StorageEvent e) => $"{e.Revision} {Describe(e)}";

    private static void AssertSequential(StorageEvent[] history)
    {
        Dictionary<string, StoredValue> model = [];
        foreach (var e in history)
        {
            var before = model.GetValueOrDefault(e.Key);
            Assert.That((before?.Revision, Text(before)), Is.EqualTo((e.Previous?.Revision, Text(e.Previous))), $"what was before {Line(e)}");
            Apply(model, e);
        }

        Assert.That(history.Select(e => e.Revision), Is.Unique);
    }

    private static void Apply(Dictionary<string, StoredValue> model, StorageEvent e)
    {
        if (e.Value is null)
        {
            model.Remove(e.Key);
        }
        else
        {
            model[e.Key] = e.Value;
        }
    }

    private async Task AssertListsAsync(StorageEvent[] history, Random random)
    {
        for (var i = 0; i < 20; i++)
        {
            var index = random.Next(history.Length);
            Dictionary<string, StoredValue> model = [];
            Array.ForEach(history[..(index + 1)], e => Apply(model, e));
            var page = await ListAsync("/a/k", history[index].Revision);
            Assert.That(
                page.Items.Select(item => (item.Key, item.Revision, Text(item))),
                Is.EqualTo(model.Values.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => (item.Key, item.Revision, Text(item)))),
                $"the list at {page.Revision}");
        }
    }

    private async Task WriteAsync(int writer, Random random, ConcurrentBag<StorageEvent> acknowledged)
    {
        for (var i = 0; i < WritesEach; i++)
        {
            var key = $"/a/k{random.Next(12)}";
            var current = random.Next(4) == 0 ? null : await Store.GetAsync(key, Limit);
            var value = Bytes($"{writer}-{i}");
            var delete = current is not null && random.Next(4) == 0;
            var result = current is null ? await Store.CreateAsync(key, value, null, Limit)
                : delete ? await Store.DeleteAsync(key, current.Revision, Limit)
                : await Store.UpdateAsync(key, value, current.Revision, null, Limit);
            if (result.Succeeded)
            {
                await AssertSeenAsync(result.Revision, i);
                acknowledged.Add(new StorageEvent(key, result.Revision, delete ? null : new StoredValue(key, value, result.Revision), current));
            }
        }
    }

    private async Task AssertSeenAsync(long revision, int turn)
    {
        var seen = turn % 2 == 0 ? (await ListAsync("/a/none")).Revision : await Store.ReadRevisionAsync(Limit);
        Assert.That(seen, Is.GreaterThanOrEqualTo(revision), "a revision read after the acknowledgement of a write");
    }

    private async Task<List<StorageEvent>> FollowAsync(string prefix, long afterRevision, Random random)
    {
        List<StorageEvent> seen = [];
        while (true)
        {
            await using var reader = Watch(prefix, seen.Count == 0 ? afterRevision : seen[^1].Revision);
            try
            {
                for (var left = random.Next(1, 60); left > 0; left--)
                {
                    seen.Add(await reader.NextAsync());
                    if (seen[^1].Key == "/a/k1-end")
                    {
                        return seen;
                    }
                }
            }
            catch (StorageUnavailableException)
            {
                seen.TrimExcess();
            }
        }
    }
}
