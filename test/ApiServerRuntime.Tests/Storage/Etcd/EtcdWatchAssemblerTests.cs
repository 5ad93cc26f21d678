using FsCheck;
using Google.Protobuf;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Etcd;
using KubeFed.ApiServerRuntime.Storage.Etcd.Wire;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Etcd;

public sealed class EtcdWatchAssemblerTests
{
    private const long Start = 10;
    private static readonly EtcdKeys Keys = new("/registry");

    [FsCheck.NUnit.Property]
    public void Add_AnyEventsCutInAnyWay_KeepsAllInOrderAndRevisionsWhole(PositiveInt[] perRevision, bool[] cuts)
    {
        Event[] events = [.. perRevision.SelectMany((count, i) => Enumerable.Range(0, 1 + (count.Get % 4)).Select(j => Put(Start + 1 + i, $"{j}")))];
        var assembler = new EtcdWatchAssembler(Keys, Start);

        var batches = Cut(events, cuts).Select(assembler.Add).OfType<StorageEventBatch>().ToArray();

        Assert.That(
            batches.SelectMany(batch => batch.Events).Select(e => (e.Revision, e.Key)),
            Is.EqualTo(events.Select(e => (e.Kv.ModRevision, Keys.FromEtcd(e.Kv.Key)))));
        foreach (var (batch, next) in batches.Zip(batches.Skip(1)))
        {
            Assert.That(batch.Revision, Is.EqualTo(batch.Events[^1].Revision).And.LessThan(next.Events[0].Revision));
        }
    }

    [Test]
    public void Add_ProgressOfThisWatch_IsABatchWithoutEvents()
    {
        var assembler = new EtcdWatchAssembler(Keys, Start);

        var created = assembler.Add(Response(40, created: true));
        var behind = assembler.Add(Response(Start));
        var progress = assembler.Add(Response(50));
        var ofNone = assembler.Add(Response(60, watchId: -1));

        Assert.That((created, behind, ofNone), Is.EqualTo(default((StorageEventBatch?, StorageEventBatch?, StorageEventBatch?))));
        Assert.That((progress?.Events.Count, progress?.Revision), Is.EqualTo((0, 50L)));
    }

    [Test]
    public void Add_EventsBehindAHigherHeader_ReportsTheLastEventOnly()
    {
        var response = Response(100);
        response.Events.Add(Put(12, "a"));

        Assert.That(new EtcdWatchAssembler(Keys, Start).Add(response)?.Revision, Is.EqualTo(12));
    }

    [TestCase(false, 5, true)]
    [TestCase(true, 0, true)]
    [TestCase(false, 12, false)]
    public void Add_PreviousValueMissing_MeansCompactedUnlessCreated(bool isDelete, long createRevision, bool isCompacted)
    {
        var response = Response(12);
        var item = Put(12, "a");
        item.Type = isDelete ? Event.Types.EventType.Delete : Event.Types.EventType.Put;
        item.Kv.CreateRevision = createRevision;
        response.Events.Add(item);
        void Add() => new EtcdWatchAssembler(Keys, Start).Add(response);

        Assert.That(Add, isCompacted ? Throws.InstanceOf<RevisionCompactedException>() : Throws.Nothing);
    }

    [Test]
    public void Add_Delete_HasThePreviousValueOnly()
    {
        var response = Response(12);
        response.Events.Add(new Event
        {
            Type = Event.Types.EventType.Delete,
            Kv = new KeyValue { Key = Keys.ToEtcd("/a"), ModRevision = 12 },
            PrevKv = new KeyValue { Key = Keys.ToEtcd("/a"), ModRevision = 11, Value = ByteString.CopyFromUtf8("old") },
        });

        var deleted = new EtcdWatchAssembler(Keys, Start).Add(response)!.Events[0];

        Assert.That((deleted.Key, deleted.IsDelete, deleted.Revision, deleted.Previous?.Revision), Is.EqualTo(("/a", true, 12L, 11L)));
    }

    private static IEnumerable<WatchResponse> Cut(Event[] events, bool[] cuts)
    {
        var response = Response(1000);
        for (var i = 0; i < events.Length; i++)
        {
            response.Events.Add(events[i]);
            var isLast = i == events.Length - 1;
            if (isLast || (cuts.Length > 0 && cuts[i % cuts.Length]))
            {
                response.Fragment = !isLast;
                yield return response;
                response = Response(1000);
            }
        }
    }

    private static WatchResponse Response(long revision, bool created = false, long watchId = 0) =>
        new() { Header = new ResponseHeader { Revision = revision }, Created = created, WatchId = watchId };

    private static Event Put(long revision, string name) => new()
    {
        Kv = new KeyValue { Key = Keys.ToEtcd($"/{revision}/{name}"), ModRevision = revision, CreateRevision = revision },
    };
}
