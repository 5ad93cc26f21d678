using KubeFed.ApiMachinery.Meta;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.Conformance.Clients;

/// <summary>Bookmarks come about each minute: a test of its own, beside the others.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class BookmarksOnClusterTests
{
    [Test]
    public async Task WatchAsync_AMinuteAfterAChange_GivesABookmarkThatCanBeWatchedFrom()
    {
        await using var connection = new ClusterClient((await ClusterPool.GetAsync(new ClusterSetOptions { Members = 0 })).Host);
        var client = connection.Connect();
        var @namespace = $"bookmarks-{Guid.NewGuid():N}";
        await client.CreateAsync(Samples.Namespaces, Samples.Namespace(@namespace));
        var start = (await client.ListAsync(Samples.ConfigMaps, @namespace)).ResourceVersion;
        await client.CreateAsync(Samples.ConfigMaps, Samples.ConfigMap(@namespace, "a", "1"));

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        string? bookmark = null;
        await foreach (var change in client.WatchAsync(Samples.ConfigMaps, @namespace, new WatchOptions { ResourceVersion = start }, limit.Token))
        {
            if (change.Type == WatchEventType.Bookmark)
            {
                bookmark = change.Object.Metadata.ResourceVersion;
                break;
            }
        }

        Assert.That(bookmark, Is.Not.Null.And.Not.EqualTo(start));
        await client.DeleteAsync(Samples.ConfigMaps, new(@namespace, "a"), cancellationToken: limit.Token);
        await foreach (var change in client.WatchAsync(Samples.ConfigMaps, @namespace, new WatchOptions { ResourceVersion = bookmark }, limit.Token))
        {
            Assert.That((change.Type, change.Object.Metadata.Name), Is.EqualTo((WatchEventType.Deleted, "a")));
            break;
        }
    }
}
