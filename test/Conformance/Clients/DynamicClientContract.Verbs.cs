using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.Conformance.Clients;

public abstract partial class DynamicClientContract
{
    [Test]
    public async Task Verbs_CreateGetUpdateDelete_DoAsTheySay()
    {
        var created = await CreateAsync("a");
        var read = await Client.GetAsync(Samples.ConfigMaps, Named("a"));
        Assert.That(read.Metadata, Is.EqualTo(created.Metadata with { Labels = read.Metadata.Labels, Annotations = read.Metadata.Annotations, Finalizers = read.Metadata.Finalizers, OwnerReferences = read.Metadata.OwnerReferences }));

        var tree = read.ToNode();
        tree["data"]!["key"] = "2";
        var updated = await Client.UpdateAsync(Samples.ConfigMaps, KubeObject.FromNode(tree));
        Assert.That(Value(updated), Is.EqualTo("2"));

        var stale = await Assert.ThrowsAsync<StatusException>(() => Client.UpdateAsync(Samples.ConfigMaps, read));
        Assert.That(stale!.IsConflict);
        Assert.That(await Client.DeleteAsync(Samples.ConfigMaps, Named("a")), Is.Null);
        Assert.That(await Client.FindAsync(Samples.ConfigMaps, Named("a")), Is.Null);
        var missing = await Assert.ThrowsAsync<StatusException>(() => Client.DeleteAsync(Samples.ConfigMaps, Named("a")));
        Assert.That(missing!.IsNotFound);
    }

    [Test]
    public async Task CreateAsync_NameTaken_IsAlreadyExists()
    {
        await CreateAsync("a");
        var e = await Assert.ThrowsAsync<StatusException>(() => CreateAsync("a"));
        Assert.That((e!.IsAlreadyExists, e.IsConflict), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task CreateAsync_DryRun_StoresNothing()
    {
        var answer = await Client.CreateAsync(Samples.ConfigMaps, Samples.ConfigMap(Namespace, "a", "1"), new WriteOptions { DryRun = true });
        Assert.That(answer.Metadata.Name, Is.EqualTo("a"));
        Assert.That(await Client.FindAsync(Samples.ConfigMaps, Named("a")), Is.Null);
    }

    [Test]
    public async Task CreateAsync_Invalid_NamesTheField()
    {
        var e = await Assert.ThrowsAsync<StatusException>(() => CreateAsync("Not_A_Name"));
        Assert.That(e!.IsInvalid);
        Assert.That(e.Status.Details?.Causes?[0].Field, Is.EqualTo("metadata.name"));
    }

    [Test]
    public async Task PatchAsync_FourLanguages_ChangeTheObject()
    {
        await CreateAsync("a");
        var json = await Client.PatchAsync(
            Samples.ConfigMaps, Named("a"), Patch.Json(JsonNode.Parse("""[{"op":"replace","path":"/data/key","value":"json"}]""")!));
        var merge = await Client.PatchAsync(
            Samples.ConfigMaps, Named("a"), Patch.Merge(JsonNode.Parse("""{"data":{"key":null,"other":"merge"}}""")!));
        var strategic = await Client.PatchAsync(
            Samples.ConfigMaps, Named("a"), Patch.StrategicMerge(JsonNode.Parse("""{"data":{"$patch":"replace","key":"strategic"}}""")!));
        var apply = await ApplyAsync("a", "apply", "me", force: true);
        Assert.Multiple(() =>
        {
            Assert.That(Value(json), Is.EqualTo("json"));
            Assert.That(merge.GetNode("data")!.ToJsonString(), Is.EqualTo("""{"other":"merge"}"""));
            Assert.That(strategic.GetNode("data")!.ToJsonString(), Is.EqualTo("""{"key":"strategic"}"""));
            Assert.That(Value(apply), Is.EqualTo("apply"));
        });
    }

    [Test]
    public async Task PatchAsync_FailingTest_IsInvalid()
    {
        await CreateAsync("a");
        var e = await Assert.ThrowsAsync<StatusException>(() => Client.PatchAsync(
            Samples.ConfigMaps, Named("a"), Patch.Json(JsonNode.Parse("""[{"op":"test","path":"/data/key","value":"no"}]""")!)));
        Assert.That(e!.IsInvalid, $"{e.Code} {e.Message}");
    }

    [Test]
    public async Task ApplyAsync_FieldOfAnother_IsConflictUnlessForced()
    {
        await ApplyAsync("a", "1", "first", force: false);
        var e = await Assert.ThrowsAsync<StatusException>(() => ApplyAsync("a", "2", "second", force: false));
        Assert.That(e!.IsConflict);
        Assert.That(e.HasCause("FieldManagerConflict"), e.Message);
        Assert.That(e.Status.Details!.Causes![0].Field, Is.EqualTo(".data.key"));
        var forced = await ApplyAsync("a", "2", "second", force: true);
        Assert.That(Value(forced), Is.EqualTo("2"));
        Assert.That(forced.ReadManagedFields().Select(f => f.Manager), Does.Contain("second"));
    }

    [Test]
    public async Task UpdateStatusAsync_ChangesStatusOnly()
    {
        var created = await Client.CreateAsync(Samples.Deployments, Samples.Deployment(Namespace, "a"));
        var tree = created.ToNode();
        tree["spec"]!["replicas"] = 7;
        tree["status"] = new JsonObject { ["replicas"] = 3 };
        var updated = await Client.UpdateStatusAsync(Samples.Deployments, KubeObject.FromNode(tree));
        var merged = await Client.MergeStatusAsync(Samples.Deployments, Named("a"), new JsonObject { ["readyReplicas"] = 2 });
        Assert.Multiple(() =>
        {
            Assert.That(updated.GetNode("spec", "replicas")!.GetValue<int>(), Is.EqualTo(1));
            Assert.That(merged.GetNode("status")!.ToJsonString(), Is.EqualTo("""{"replicas":3,"readyReplicas":2}"""));
        });
    }

    [Test]
    public async Task DeleteAsync_Preconditions_MustHold()
    {
        var created = await CreateAsync("a");
        var uid = await Assert.ThrowsAsync<StatusException>(
            () => Client.DeleteAsync(Samples.ConfigMaps, Named("a"), new DeleteOptions { PreconditionUid = Guid.NewGuid().ToString() }));
        var version = await Assert.ThrowsAsync<StatusException>(
            () => Client.DeleteAsync(Samples.ConfigMaps, Named("a"), new DeleteOptions { PreconditionResourceVersion = "1" }));
        Assert.That((uid!.IsConflict, version!.IsConflict), Is.EqualTo((true, true)));
        await Client.DeleteAsync(Samples.ConfigMaps, Named("a"), new DeleteOptions
        {
            PreconditionUid = created.Metadata.Uid,
            PreconditionResourceVersion = created.Metadata.ResourceVersion,
        });
    }

    [Test]
    public async Task DeleteAsync_DryRun_DeletesNothing()
    {
        await CreateAsync("a");
        await Client.DeleteAsync(Samples.ConfigMaps, Named("a"), new DeleteOptions { DryRun = true });
        Assert.That(await Client.FindAsync(Samples.ConfigMaps, Named("a")), Is.Not.Null);
    }

    [TestCase(PropagationPolicy.Orphan, "orphan")]
    [TestCase(PropagationPolicy.Foreground, "foregroundDeletion")]
    public async Task DeleteAsync_Propagation_ObjectStaysWithItsFinalizer(PropagationPolicy policy, string finalizer)
    {
        await CreateAsync("a");
        var stays = await Client.DeleteAsync(Samples.ConfigMaps, Named("a"), new DeleteOptions { PropagationPolicy = policy });
        var read = await Client.FindAsync(Samples.ConfigMaps, Named("a"));
        if (stays is not null && read is not null)
        {
            Assert.That(read.Metadata.Finalizers, Is.EqualTo([finalizer]));
            Assert.That(stays.Metadata.IsDeleting);
        }
    }

    [Test]
    public async Task DeleteCollectionAsync_Selector_DeletesThoseOnly()
    {
        foreach (var name in (string[])["a", "b", "c"])
        {
            var labels = new JsonObject { ["keep"] = name == "b" ? "yes" : "no" };
            await Client.CreateAsync(Samples.ConfigMaps, Samples.ConfigMap(Namespace, name, "1", labels));
        }

        await Client.DeleteCollectionAsync(Samples.ConfigMaps, Namespace, listOptions: new ListOptions { LabelSelector = "keep=no" });
        var rest = await Client.ListAsync(Samples.ConfigMaps, Namespace, new ListOptions { LabelSelector = "keep" });
        Assert.That(rest.Items.Select(i => i.Metadata.Name), Is.EqualTo(["b"]));
    }

    [Test]
    public async Task GetPathAsync_Health_IsOk() => Assert.That(await Client.GetPathAsync("/healthz"), Is.EqualTo((200, "ok")));

    private Task<KubeObject> ApplyAsync(string name, string value, string manager, bool force) => Client.ApplyAsync(
        Samples.ConfigMaps,
        Named(name),
        Encoding.UTF8.GetBytes($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}"},"data":{"key":"{{{value}}}"}}"""),
        new ApplyOptions { FieldManager = manager, Force = force });
}
