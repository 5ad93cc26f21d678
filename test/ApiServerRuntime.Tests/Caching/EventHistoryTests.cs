using System.Text;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Caching.Trees;
using KubeFed.TestSupport.Time;

namespace KubeFed.ApiServerRuntime.Tests.Caching;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EventHistoryTests
{
    private static readonly KubeObject Object = KubeObject.Parse(Encoding.UTF8.GetBytes("""{"kind":"Widget","apiVersion":"v1"}"""));

    private readonly FakeTimeProvider _clock = new();
    private ObjectTree _tree = ObjectTree.Empty;

    private EventHistory New(ResourceCacheOptions options) => new(options, _clock, _tree, 1);

    private void Add(EventHistory history, long revision)
    {
        var current = new CachedObject("/a/b", Object, revision);
        var previous = _tree.Find("/a/b");
        _tree = _tree.Set(current);
        history.Add(new("/a/b", revision, current, previous, _tree, _clock.GetTimestamp()));
    }

    [Test]
    public void Add_FreshEvents_DoublesUpToTheMost()
    {
        var history = New(new() { MinEvents = 4, MaxEvents = 12 });
        for (var i = 2; i < 50; i++)
        {
            Add(history, i);
        }

        Assert.That(history.Capacity, Is.EqualTo(12));
        Assert.That(history.Count, Is.EqualTo(12));
        Assert.That(history.BaseRevision, Is.EqualTo(37));
        Assert.That(history[0].Revision, Is.EqualTo(38));
        Assert.That(history.IndexAfter(40), Is.EqualTo(3));
        Assert.That(history.IndexAfter(49), Is.EqualTo(12));
    }

    [Test]
    public void Add_SlowEvents_HalvesWhenAQuarterSpansMoreThanTheFreshTime()
    {
        var history = New(new() { MinEvents = 4, MaxEvents = 64 });
        for (var i = 2; i < 34; i++)
        {
            Add(history, i);
        }

        Assert.That(history.Capacity, Is.EqualTo(32));
        var revision = 34L;
        while (history.Capacity > 4 && revision < 500)
        {
            _clock.Advance(TimeSpan.FromSeconds(20));
            Add(history, revision++);
        }

        Assert.That(history.Capacity, Is.EqualTo(8).Or.EqualTo(4));
        Assert.That(history[history.Count - 1].Revision, Is.EqualTo(revision - 1));
        Assert.That(history[0].Revision, Is.EqualTo(history.BaseRevision + 1));
    }

    [Test]
    public void Add_MoreBytesThanAllowed_DropsTheOldest()
    {
        var history = New(new() { MinEvents = 100, MaxHistoryBytes = 10 * 2200 });
        for (var i = 2; i < 50; i++)
        {
            Add(history, i);
        }

        Assert.That(history.Count, Is.InRange(8, 10));
        Assert.That(history[history.Count - 1].Revision, Is.EqualTo(49));
    }

    [Test]
    public void Trim_OldEvents_GoDownToTheLeast()
    {
        var history = New(new() { MinEvents = 4, MaxEvents = 64 });
        for (var i = 2; i < 50; i++)
        {
            Add(history, i);
        }

        _clock.Advance(TimeSpan.FromMinutes(4));
        history.Trim();
        Assert.That(history.Count, Is.EqualTo(48));
        _clock.Advance(TimeSpan.FromMinutes(2));
        history.Trim();
        Assert.That(history.Count, Is.EqualTo(4));
        Assert.That(history.BaseRevision, Is.EqualTo(45));
        Assert.That(history.TreeAt(44), Is.Null);
        Assert.That(history.TreeAt(45)!.Find("/a/b")!.Revision, Is.EqualTo(45));
        Assert.That(history.TreeAt(48)!.Find("/a/b")!.Revision, Is.EqualTo(48));
    }
}
