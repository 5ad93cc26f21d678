using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Tests.Fakes;

namespace KubeFed.FederationControllerManager.Tests.Members;

[TestFixture]
public sealed class MemberObjectCacheTests
{
    private static readonly NamespacedName Key = new("ns", "a");
    private readonly List<NamespacedName> _changed = [];
    private FakeInformer _informer = null!;
    private MemberObjectCache _cache = null!;

    [SetUp]
    public void SetUp()
    {
        _changed.Clear();
        _informer = new FakeInformer();
        _cache = new MemberObjectCache(_informer, TimeProvider.System, _changed.Add);
    }

    [TearDown]
    public void TearDown() => _cache.Dispose();

    [Test]
    public void Get_AfterOwnCreateBeforeTheWatch_ShowsTheCreated()
    {
        _cache.NoteWritten(Key, Objects.Copy("5"));

        Assert.That(_cache.Get(Key)?.Metadata.ResourceVersion, Is.EqualTo("5"));
    }

    [Test]
    public void Get_WatchStillOlderThanOwnWrite_ShowsTheWritten()
    {
        _informer.Put(Objects.Copy("4"));
        _cache.NoteWritten(Key, Objects.Copy("6"));

        Assert.That(_cache.Get(Key)?.Metadata.ResourceVersion, Is.EqualTo("6"));
    }

    [Test]
    public void Get_OwnWriteIsNotedAtThatMoment_ShowsTheWritten()
    {
        _informer.LastResourceVersion = "4";
        _informer.OnGet = () =>
        {
            _informer.OnGet = null;
            _informer.LastResourceVersion = "5";
            _cache.NoteWritten(Key, Objects.Copy("6"));
        };

        Assert.That(_cache.Get(Key)?.Metadata.ResourceVersion, Is.EqualTo("6"));
    }

    [Test]
    public void Get_MemberPutBackAfterOwnWrite_ShowsTheWatched()
    {
        _informer.LastResourceVersion = "4";
        _cache.NoteWritten(Key, Objects.Copy("6"));
        _informer.LastResourceVersion = "2";

        Assert.That(_cache.Get(Key), Is.Null);
    }

    [Test]
    public void Get_WatchPassedOwnWrite_ShowsTheWatched()
    {
        _cache.NoteWritten(Key, Objects.Copy("6"));
        _informer.Put(Objects.Copy("7"));

        Assert.That(_cache.Get(Key)?.Metadata.ResourceVersion, Is.EqualTo("7"));
    }

    [Test]
    public void Get_DeletedByOthersAfterOwnWrite_ShowsNothing()
    {
        _cache.NoteWritten(Key, Objects.Copy("6"));
        _informer.Put(Objects.Copy("6"));
        _informer.Remove(Objects.Copy("8"));

        Assert.That(_cache.Get(Key), Is.Null);
    }

    [Test]
    public void Get_AnswerArrivesAfterTheWatchSawTheDeletion_ShowsNothing()
    {
        _informer.Put(Objects.Copy("6"));
        _informer.Remove(Objects.Copy("8"));
        _cache.NoteWritten(Key, Objects.Copy("6"));

        Assert.That(_cache.Get(Key), Is.Null);
    }

    [Test]
    public void Get_AfterOwnDeletionBeforeTheWatch_ShowsNothing()
    {
        _informer.Put(Objects.Copy("4", uid: "u1"));
        _cache.NoteDeleted(Key, "u1");

        Assert.That(_cache.Get(Key), Is.Null);
    }

    [Test]
    public void Get_MadeAnewAfterOwnDeletion_ShowsTheNew()
    {
        _informer.Put(Objects.Copy("4", uid: "u1"));
        _cache.NoteDeleted(Key, "u1");
        _informer.Put(Objects.Copy("9", uid: "u2"));

        Assert.That(_cache.Get(Key)?.Metadata.Uid, Is.EqualTo("u2"));
    }

    [Test]
    public void Events_EchoOfOwnWrite_IsNotTold()
    {
        _cache.NoteWritten(Key, Objects.Copy("6"));
        _informer.Put(Objects.Copy("6"));

        Assert.Multiple(() =>
        {
            Assert.That(_changed, Is.Empty);
            Assert.That(_cache.Get(Key)?.Metadata.ResourceVersion, Is.EqualTo("6"));
        });
    }

    [Test]
    public void Events_StatusOfACountedType_IsNotTold()
    {
        _informer.Put(Objects.Copy("4", generation: 1));
        _informer.Put(Objects.Copy("5", generation: 1));
        _informer.Put(Objects.Copy("6", generation: 2));

        Assert.That(_changed, Has.Count.EqualTo(2));
    }

    [Test]
    public void Events_EachChange_NamesTheKey()
    {
        _informer.Put(Objects.Copy("4"));
        _informer.Put(Objects.Copy("5"));
        _informer.Remove(Objects.Copy("6"));

        Assert.That(_changed, Is.EqualTo(new[] { Key, Key, Key }));
    }
}
