using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Tests.Hosting;
using KubeFed.ApiServerRuntime.Types;
using static KubeFed.ApiServerRuntime.Tests.Registry.StoreFixture;

namespace KubeFed.ApiServerRuntime.Tests.Registry;

public sealed class WriteTests
{
    [Test]
    public async Task Create_GenerateName_MakesOne()
    {
        await using var fixture = new StoreFixture();

        var created = await fixture.CreateAsync(Widget("\"generateName\":\"w-\""));

        Assert.That(created.Metadata.Name, Does.Match("^w-[bcdfghjklmnpqrstvwxz2456789]{5}$"));
    }

    [Test]
    public async Task Create_WithResourceVersion_IsRefused()
    {
        await using var fixture = new StoreFixture();

        var status = await Refusal(() => fixture.CreateAsync(Widget("\"name\":\"a\",\"resourceVersion\":\"1\"")));

        Assert.That((status.Code, status.Message), Is.EqualTo((500, "resourceVersion should not be set on objects to be created")));
    }

    [Test]
    public async Task Create_ClusterScoped_DropsTheNamespace()
    {
        await using var fixture = new StoreFixture();
        string gadget = """{"apiVersion":"demo.example.dev/v1","kind":"Gadget","metadata":{"name":"g","namespace":"x"}}""";

        var created = await fixture.CreateAsync(gadget, context: Context(type: Widgets.Cluster));

        Assert.That(created.Metadata.Namespace, Is.Empty);
    }

    [Test]
    public async Task Create_WithStatus_DropsItWhereStatusIsSeparate()
    {
        await using var fixture = new StoreFixture();

        var created = await fixture.CreateAsync(Widget(rest: "\"spec\":{},\"status\":{\"phase\":\"x\"}"));

        Assert.That(created.GetNode("status"), Is.Null);
    }

    [Test]
    public async Task Create_DryRun_StoresNothing()
    {
        await using var fixture = new StoreFixture();

        var created = await fixture.CreateAsync(Widget(), new WriteOptions { DryRun = true });

        Assert.That((created.Metadata.ResourceVersion, string.IsNullOrEmpty(created.Metadata.Uid)), Is.EqualTo(((string?)null, false)));
        Assert.That((await fixture.ListAsync()).Items, Is.Empty);
    }

    [Test]
    public async Task Create_InAnotherVersion_IsStoredInTheStorageVersion()
    {
        await using var fixture = new StoreFixture();

        var created = await fixture.CreateAsync(
            Widget().Replace("/v1\"", "/v1beta1\"", StringComparison.Ordinal), context: Context(version: "v1beta1"));

        Assert.That(created.ApiVersion, Is.EqualTo("demo.example.dev/v1beta1"));
        Assert.That((await fixture.GetAsync()).ApiVersion, Is.EqualTo("demo.example.dev/v1"));
    }

    [Test]
    public async Task Create_TooLarge_Answers413()
    {
        await using var fixture = new StoreFixture(options: new ResourceStoreOptions { MaxObjectBytes = 600 });

        var status = await Refusal(() => fixture.CreateAsync(Widget(rest: $"\"spec\":{{\"note\":\"{new string('x', 600)}\"}}")));

        Assert.That((status.Code, status.Reason), Is.EqualTo((413, "RequestEntityTooLarge")));
    }

    [TestCase(300)]
    [TestCase(700)]
    public async Task Create_TooDeepToBeReadAgain_StoresNothing(int depth)
    {
        await using var fixture = new StoreFixture();
        var version = new ResourceTypeVersion { Name = "v1", Schema = StructuralSchema.Unknown };
        var context = Context(type: Widgets.Type with { Versions = [version] });
        JsonNode nested = new JsonObject();
        for (int i = 0; i < depth; i++)
        {
            nested = new JsonObject { ["n"] = nested };
        }

        var body = Body(Widget());
        body.Root["spec"] = nested;

        var status = await Refusal(() => fixture.Store.CreateAsync(context, body, new WriteOptions(), CancellationToken.None));

        Assert.That(status.Code, Is.EqualTo(400));
        Assert.That(await fixture.Storage.GetAsync("/demo.example.dev/widgets/default/a", CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task UpdateStatus_WithEverything_TakesOnlyTheStatus()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget("\"name\":\"a\",\"labels\":{\"l\":\"1\"}"));

        var updated = await fixture.UpdateAsync(
            Widget("\"name\":\"a\",\"resourceVersion\":\"2\",\"labels\":{\"l\":\"2\"}", "\"spec\":{\"replicas\":9},\"status\":{\"phase\":\"Ready\"}"),
            context: Context("a", "status"));

        Assert.That(updated.GetString("status", "phase"), Is.EqualTo("Ready"));
        Assert.That(updated.GetNode("spec", "replicas")!.GetValue<int>(), Is.EqualTo(1));
        Assert.That((updated.Metadata.Labels["l"], updated.Metadata.Generation), Is.EqualTo(("1", 1L)));
    }

    [Test]
    public async Task Update_OfMain_KeepsTheStatus()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget());
        await fixture.PatchAsync(PatchType.Merge, """{"status":{"phase":"Ready"}}""", context: Context("a", "status"));

        var updated = await fixture.UpdateAsync(Widget("\"name\":\"a\",\"resourceVersion\":\"3\"", "\"spec\":{\"replicas\":2},\"status\":{\"phase\":\"Lost\"}"));

        Assert.That((updated.GetString("status", "phase"), updated.Metadata.Generation), Is.EqualTo(("Ready", 2L)));
    }

    [Test]
    public async Task Update_OtherUid_IsAConflict()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget());

        var status = await Refusal(() => fixture.UpdateAsync(Widget("\"name\":\"a\",\"resourceVersion\":\"2\",\"uid\":\"other\"")));

        Assert.That((status.Code, status.Reason), Is.EqualTo((409, "Conflict")));
        Assert.That(status.Message, Does.Contain("Precondition failed: UID in precondition: other, UID in object meta: "));
    }

    [Test]
    public async Task Update_LastFinalizerGone_RemovesTheObject()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget("\"name\":\"a\",\"finalizers\":[\"x.io/y\"]"));
        var marked = await fixture.DeleteAsync();

        var updated = await fixture.PatchAsync(PatchType.Merge, """{"metadata":{"finalizers":null}}""");

        Assert.That((marked.Removed, marked.Terminating!.Metadata.Generation, marked.Terminating.Metadata.DeletionGracePeriodSeconds), Is.EqualTo(((Status?)null, 2L, (long?)0)));
        Assert.That(updated.Metadata.ResourceVersion, Is.EqualTo(marked.Terminating.Metadata.ResourceVersion));
        Assert.That((await Refusal(() => fixture.GetAsync())).Code, Is.EqualTo(404));
    }

    [Test]
    public async Task Update_FinalizerAddedWhileDeleting_IsForbidden()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget("\"name\":\"a\",\"finalizers\":[\"x.io/y\"]"));
        await fixture.DeleteAsync();

        var status = await Refusal(() => fixture.PatchAsync(PatchType.Merge, """{"metadata":{"finalizers":["x.io/y","x.io/z"]}}"""));

        Assert.That(status.Message, Does.Contain("metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted"));
    }

    [Test]
    public async Task Patch_FromAStaleCache_IsAppliedToTheNewestObject()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget());
        var cache = fixture.Caches.Of(Widgets.Type);
        cache.Stale = await cache.NewestAsync(CancellationToken.None);
        await fixture.PatchAsync(PatchType.Merge, """{"spec":{"note":"first"}}""");

        var patched = await fixture.PatchAsync(PatchType.Merge, """{"spec":{"replicas":7}}""");

        Assert.That(patched.GetString("spec", "note"), Is.EqualTo("first"));
        Assert.That(patched.Metadata.Generation, Is.EqualTo(3));
    }

    [Test]
    public async Task Update_FromAStaleCacheWithTheNewestVersion_Succeeds()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget());
        var cache = fixture.Caches.Of(Widgets.Type);
        cache.Stale = await cache.NewestAsync(CancellationToken.None);
        await fixture.PatchAsync(PatchType.Merge, """{"spec":{"note":"first"}}""");

        var updated = await fixture.UpdateAsync(Widget("\"name\":\"a\",\"resourceVersion\":\"3\"", "\"spec\":{\"replicas\":4}"));

        Assert.That(updated.Metadata.ResourceVersion, Is.EqualTo("4"));
    }

    [Test]
    public async Task Patch_WithAnOldVersion_IsAConflict()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget());

        var status = await Refusal(() => fixture.PatchAsync(PatchType.Merge, """{"metadata":{"resourceVersion":"1"},"spec":{"replicas":7}}"""));

        Assert.That(status.Reason, Is.EqualTo("Conflict"));
    }

    [TestCase("""{"metadata":{"name":"b"}}""", 400)]
    [TestCase("""{"metadata":{"namespace":"b"}}""", 400)]
    [TestCase("""{"metadata":{"uid":"b"}}""", 422)]
    [TestCase("""{"kind":"Other"}""", 422)]
    [TestCase("[]", 400)]
    [TestCase("{", 400)]
    [TestCase("""{"metadata":{"labels":{"a":1}}}""", 422)]
    [TestCase("""{"metadata":null}""", 400)]
    public async Task Patch_OfWhatMayNotChange_IsRefused(string patch, int code)
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget());

        Assert.That((await Refusal(() => fixture.PatchAsync(PatchType.Merge, patch))).Code, Is.EqualTo(code));
    }

    [TestCase("""[{"op":"replace","path":"/spec/none/deeper","value":1}]""", 422)]
    [TestCase("""[{"op":"test","path":"/spec/replicas","value":2}]""", 422)]
    [TestCase("""[{"op":"bogus","path":"/spec"}]""", 400)]
    [TestCase("""{"op":"add"}""", 400)]
    public async Task Patch_JsonPatchThatFails_IsRefused(string patch, int code)
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget());

        Assert.That((await Refusal(() => fixture.PatchAsync(PatchType.Json, patch))).Code, Is.EqualTo(code));
    }

    [Test]
    public async Task Patch_TooManyOperations_Answers413()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget());
        string operations = string.Join(',', Enumerable.Repeat("""{"op":"test","path":"/spec/replicas","value":1}""", 10_001));

        var status = await Refusal(() => fixture.PatchAsync(PatchType.Json, $"[{operations}]"));

        Assert.That(
            (status.Code, status.Message),
            Is.EqualTo((413, "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001")));
    }

    [Test]
    public async Task Patch_StrategicWhereTheTypeTakesIt_IsMerged()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget());
        var type = Widgets.Type with { StrategicMergePatch = true };

        var patched = await fixture.PatchAsync(PatchType.StrategicMerge, """{"spec":{"note":"n"}}""", context: Context("a", type: type));

        Assert.That((patched.GetString("spec", "note"), patched.GetNode("spec", "replicas")!.ToJsonString()), Is.EqualTo(("n", "1")));
    }

    [Test]
    public async Task Create_DoubtfulMetadata_Warns()
    {
        await using var fixture = new StoreFixture();
        var context = Context();
        string owner = """{"apiVersion":"v1","kind":"X","name":"x","uid":"u"}""";

        var created = await fixture.CreateAsync(Widget($"\"name\":\"a\",\"finalizers\":[\"mine\"],\"ownerReferences\":[{owner},{owner}]"), context: context);

        Assert.That(created.Metadata.OwnerReferences, Has.Count.EqualTo(1));
        Assert.That(context.Warnings.Texts, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Apply_Missing_CreatesItAfterAsking()
    {
        int asked = 0;
        await using var fixture = new StoreFixture(options: new ResourceStoreOptions
        {
            AuthorizeCreate = (_, _) =>
            {
                asked++;
                return Task.CompletedTask;
            },
        });
        var patch = new Patch(PatchType.Apply, Encoding.UTF8.GetBytes(Widget()));

        var first = await fixture.Store.PatchAsync(Context("a"), patch, new ApplyOptions { FieldManager = "m" }, CancellationToken.None);
        var second = await fixture.Store.PatchAsync(Context("a"), patch, new ApplyOptions { FieldManager = "m" }, CancellationToken.None);

        Assert.That((first.Created, second.Created, asked), Is.EqualTo((true, false, 1)));
        Assert.That(second.Object.Metadata.ResourceVersion, Is.EqualTo(first.Object.Metadata.ResourceVersion));
        Assert.That(first.Object.ReadManagedFields().Select(entry => (entry.Manager, entry.Operation)), Is.EqualTo([("m", "Apply")]));
    }

    [Test]
    public async Task Apply_MissingAndMayNotBeCreated_SaysWhatAndWhere()
    {
        await using var fixture = new StoreFixture(options: new ResourceStoreOptions { AuthorizeCreate = new CreateCheck(new FakeAuthorizer()).RunAsync });
        var patch = new Patch(PatchType.Apply, Encoding.UTF8.GetBytes(Widget()));

        var refusal = await Assert.CatchAsync<StatusException>(() => fixture.Store.PatchAsync(
            Context("a") with { User = new UserInfo { Name = "alice" } }, patch, new ApplyOptions { FieldManager = "m" }, CancellationToken.None));

        Assert.That(refusal!.IsForbidden);
        Assert.That(refusal.Message, Does.Contain("cannot create resource \"widgets\" in API group ").And.Contain(" in the namespace \"default\""));
    }

    [Test]
    public async Task Create_ByAManager_RecordsItsFields()
    {
        await using var fixture = new StoreFixture();

        var created = await fixture.CreateAsync(Widget(), new WriteOptions { FieldManager = "curl" });

        var entry = created.ReadManagedFields().Single();
        Assert.That((entry.Manager, entry.Operation, entry.FieldsV1.GetRawText()), Is.EqualTo(("curl", "Update", """{"f:spec":{".":{},"f:replicas":{}}}""")));
    }

    [Test]
    public async Task Scale_ReadAndWritten_GoesThroughThePaths()
    {
        await using var fixture = new StoreFixture();
        var created = await fixture.CreateAsync(Widget(rest: "\"spec\":{\"replicas\":3}"));

        var scale = await fixture.Store.GetAsync(Context("a", "scale"), null, CancellationToken.None);
        var patched = await fixture.PatchAsync(PatchType.Merge, """{"spec":{"replicas":5}}""", context: Context("a", "scale"));
        var negative = await Refusal(() => fixture.PatchAsync(PatchType.Merge, """{"spec":{"replicas":-1}}""", context: Context("a", "scale")));

        Assert.That((scale.Kind, scale.GetNode("spec")!.ToJsonString(), scale.Metadata.Uid), Is.EqualTo(("Scale", """{"replicas":3}""", created.Metadata.Uid)));
        Assert.That(patched.GetNode("spec", "replicas")!.GetValue<int>(), Is.EqualTo(5));
        Assert.That((await fixture.GetAsync()).Metadata.Generation, Is.EqualTo(2));
        Assert.That(negative.Code, Is.EqualTo(422));
    }

    [TestCase(PropagationPolicy.Orphan, "x.io/y orphan")]
    [TestCase(PropagationPolicy.Foreground, "x.io/y foregroundDeletion")]
    [TestCase(PropagationPolicy.Background, "x.io/y")]
    [TestCase(PropagationPolicy.Unset, "x.io/y")]
    public async Task Delete_ByPolicy_SetsItsFinalizer(PropagationPolicy policy, string finalizers)
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget("\"name\":\"a\",\"finalizers\":[\"x.io/y\"]"));

        var deleted = await fixture.DeleteAsync(new DeleteOptions { PropagationPolicy = policy });
        var again = await fixture.DeleteAsync();

        Assert.That(string.Join(' ', deleted.Terminating!.Metadata.Finalizers), Is.EqualTo(finalizers));
        Assert.That(again.Terminating!.Metadata.ResourceVersion, Is.EqualTo(deleted.Terminating.Metadata.ResourceVersion));
    }

    [Test]
    public async Task Delete_PreconditionFails_IsAConflict()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget());

        var uid = await Refusal(() => fixture.DeleteAsync(new DeleteOptions { PreconditionUid = "other" }));
        var version = await Refusal(() => fixture.DeleteAsync(new DeleteOptions { PreconditionResourceVersion = "1" }));

        Assert.That(uid.Message, Does.Contain("the UID in the precondition (other) does not match the UID in record"));
        Assert.That(version.Message, Does.Contain("the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (2)"));
    }

    [Test]
    public async Task Delete_DryRun_KeepsTheObject()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget());

        var deleted = await fixture.DeleteAsync(new DeleteOptions { DryRun = true });

        Assert.That(deleted.Removed!.Outcome, Is.EqualTo("Success"));
        Assert.That((await fixture.GetAsync()).Metadata.Name, Is.EqualTo("a"));
    }

    [Test]
    public async Task DeleteCollection_BySelector_DeletesWhatMatches()
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget("\"name\":\"a\",\"labels\":{\"x\":\"1\"}"));
        await fixture.CreateAsync(Widget("\"name\":\"b\""));

        var deleted = await fixture.Store.DeleteCollectionAsync(
            Context(), new DeleteOptions(), new ListOptions { LabelSelector = "x" }, CancellationToken.None);

        Assert.That(deleted.Items.Select(item => item.Metadata.Name), Is.EqualTo(["a"]));
        Assert.That((await fixture.ListAsync()).Items.Select(item => item.Metadata.Name), Is.EqualTo(["b"]));
    }

    [Test]
    public async Task Write_WithPlugins_IsMutatedThenValidated()
    {
        var plugin = new RecordingPlugin();
        await using var fixture = new StoreFixture([plugin]);

        var created = await fixture.CreateAsync(Widget());
        await fixture.PatchAsync(PatchType.Merge, """{"spec":{"replicas":2}}""");
        await fixture.DeleteAsync();

        Assert.That(created.GetString("spec", "note"), Is.EqualTo("mutated"));
        Assert.That(
            plugin.Calls,
            Is.EqualTo(["mutate Create", "validate Create", "mutate Update", "validate Update", "validate Delete"]));
    }

    [Test]
    public async Task Handler_OfSubresource_IsAskedForItsVerbsOnly()
    {
        var handler = new EchoHandler();
        await using var fixture = new StoreFixture(handlers: [handler]);
        var context = Context("a", "echo");

        var answer = await fixture.CreateAsync("""{"a":1}""", context: context);
        var refused = await Refusal(() => fixture.Store.GetAsync(context, null, CancellationToken.None).AsTask());

        Assert.That(answer.GetString("metadata", "name"), Is.EqualTo("create"));
        Assert.That(refused.Code, Is.EqualTo(405));
    }

    [TestCase(typeof(StorageFullException), 507)]
    [TestCase(typeof(StorageUnavailableException), 503)]
    public void Translate_StorageFailure_IsAStatus(Type type, int code)
    {
        var failure = (Exception)Activator.CreateInstance(type, "why")!;

        Assert.That(StorageFailures.Covers(failure), Is.True);
        Assert.That(StorageFailures.Translate(failure).Code, Is.EqualTo(code));
    }

    private sealed class RecordingPlugin : IAdmissionPlugin
    {
        public List<string> Calls { get; } = [];

        public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
        {
            Calls.Add($"mutate {request.Operation}");
            request.Object!["spec"]!["note"] = "mutated";
            return ValueTask.CompletedTask;
        }

        public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
        {
            Calls.Add($"validate {request.Operation}");
            return ValueTask.CompletedTask;
        }
    }

    private sealed class EchoHandler : IResourceHandler
    {
        public GroupResource Resource => Widgets.Type.GroupResource;

        public string Subresource => "echo";

        public GroupVersionKind ResponseKind => new(string.Empty, "v1", "Echo");

        public IReadOnlyList<string> Verbs => ["create"];

        public Task<KubeObject> HandleAsync(
            ResourceContext context, string verb, RequestBody? body, WriteOptions options, CancellationToken cancellationToken) =>
            Task.FromResult(KubeObject.FromNode(new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Echo",
                ["metadata"] = new JsonObject { ["name"] = verb },
            }));
    }
}
