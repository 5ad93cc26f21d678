using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Alpha1;
using KubeFed.FederationControllerManager.Tests.Fakes;
using KubeFed.FederationControllerManager.Versions;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.FederationControllerManager.Tests.Versions;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class VersionWriterTests
{
    private static readonly VersionKey Key = VersionKey.Of("ConfigMap", new NamespacedName("shop", "web"));
    private static readonly OwnerReference Owner = new() { ApiVersion = FederationGroups.TypesV1Beta1, Kind = "FederatedConfigMap", Name = "web", Uid = "u1" };

    private readonly FakeCluster _host;
    private readonly VersionStore _store;
    private readonly VersionWriter _writer;

    public VersionWriterTests()
    {
        var clock = new FakeTimeProvider();
        _host = new FakeCluster(clock);
        _store = new VersionStore(_host, clock, NullLogger<VersionStore>.Instance);
        _writer = new VersionWriter(_store, _host, NullLogger.Instance);
    }

    [Test]
    public async Task Write_StatusPartOfTheObject_IsOneWriteForEachChange()
    {
        await RecordAsync("t1");
        Assert.That(Writes(), Is.EqualTo(new[] { "create" }));

        await RecordAsync("t2");
        Assert.Multiple(() =>
        {
            Assert.That(Writes(), Is.EqualTo(new[] { "create", "patch" }));
            Assert.That(Written(), Is.EqualTo("t2"));
        });
    }

    [Test]
    public async Task Write_StatusApart_IsWrittenThere()
    {
        _host.StatusIsApart.Add(Key.Resource.GroupResource);
        await RecordAsync("t1");
        Assert.That(Written(), Is.EqualTo("t1"));

        await RecordAsync("t2");
        Assert.Multiple(() =>
        {
            Assert.That(Writes(), Is.EqualTo(new[] { "create", "patch/status", "patch/status" }));
            Assert.That(Written(), Is.EqualTo("t2"));
        });
    }

    [Test]
    public async Task Write_ThereAlreadyAndStatusApart_IsFoundOut()
    {
        _host.StatusIsApart.Add(Key.Resource.GroupResource);
        await RecordAsync("t1");
        var restarted = new VersionWriter(_store, _host, NullLogger.Instance);

        _store.Record(Key, Versions("t2"));
        await restarted.ReconcileAsync(Key, CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(Writes(), Is.EqualTo(new[] { "create", "patch/status", "patch", "patch/status" }));
            Assert.That(Written(), Is.EqualTo("t2"));
        });
    }

    [Test]
    public async Task Write_StatusApartNoMore_GoesOnWithTheObject()
    {
        _host.StatusIsApart.Add(Key.Resource.GroupResource);
        await RecordAsync("t1");
        _host.StatusIsApart.Clear();
        _host.Faults.RefuseWith(static (verb, name) =>
            verb == "patch/status" ? StatusErrors.NotFound(Key.Resource.GroupResource, name) : null);

        _store.Record(Key, Versions("t2"));
        while (_store.Peek(Key)!.IsDirty)
        {
            await _writer.ReconcileAsync(Key, CancellationToken.None);
        }

        Assert.That(Written(), Is.EqualTo("t2"));
        await RecordAsync("t3");
        Assert.Multiple(() =>
        {
            Assert.That(Writes()[^1], Is.EqualTo("patch"));
            Assert.That(Written(), Is.EqualTo("t3"));
        });
    }

    [Test]
    public async Task Write_RemovedBySomebody_IsMadeAnew()
    {
        await RecordAsync("t1");
        _host.Remove(Key.Resource, Key.Name);

        _store.Record(Key, Versions("t2"));
        await _writer.ReconcileAsync(Key, CancellationToken.None);
        await _writer.ReconcileAsync(Key, CancellationToken.None);

        Assert.That(Written(), Is.EqualTo("t2"));
    }

    private async Task RecordAsync(string template)
    {
        _store.Record(Key, Versions(template));
        await _writer.ReconcileAsync(Key, CancellationToken.None);
        Assert.That(_store.Peek(Key)!.IsDirty, Is.False);
    }

    private string[] Writes() => [.. _host.Writes.Select(static w => w.Split(' ')[0])];

    private string? Written() => _host.Peek(Key.Resource, Key.Name)!.GetString("status", "templateVersion");

    private static RecordedVersions Versions(string template) => new(Owner, new PropagatedVersionStatus
    {
        TemplateVersion = template,
        OverridesVersion = "o",
        ClusterVersions = [new ClusterObjectVersion { ClusterName = "c1", Version = "gen:1", AppliedHash = template, Uid = "x" }],
    });
}
