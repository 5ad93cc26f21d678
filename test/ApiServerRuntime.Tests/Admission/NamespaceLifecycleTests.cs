using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Tests.Registry;
using KubeFed.TestSupport.Time;

namespace KubeFed.ApiServerRuntime.Tests.Admission;

public sealed class NamespaceLifecycleTests
{
    [Test]
    public async Task Validate_CreateInActiveNamespace_AllowsIt()
    {
        var lookup = new Lookup { Cached = NamespaceState.Active };

        await Plugin(lookup).ValidateAsync(Request(AdmissionOperation.Create), CancellationToken.None);

        Assert.That(lookup.Fresh, Is.Zero);
    }

    [Test]
    public async Task Validate_CreateInNamespaceTheCacheDoesNotSee_LooksAtTheSource()
    {
        var lookup = new Lookup { Source = NamespaceState.Active };
        var clock = new FakeTimeProvider();
        var validation = Plugin(lookup, clock).ValidateAsync(Request(AdmissionOperation.Create), CancellationToken.None).AsTask();

        clock.Advance(NamespaceLifecycle.CacheWait);
        await validation.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.That(lookup.Fresh, Is.EqualTo(1));
    }

    [Test]
    public async Task Validate_CreateInMissingNamespace_Answers404()
    {
        var clock = new FakeTimeProvider();
        var validation = Plugin(new Lookup(), clock).ValidateAsync(Request(AdmissionOperation.Create), CancellationToken.None).AsTask();
        clock.Advance(NamespaceLifecycle.CacheWait);

        var status = await StoreFixture.Refusal(() => validation.WaitAsync(TimeSpan.FromSeconds(10)));

        Assert.That((status.Code, status.Message), Is.EqualTo((404, "namespaces \"default\" not found")));
    }

    [Test]
    public async Task Validate_CreateInTerminatingNamespace_Answers403WithItsCause()
    {
        var plugin = Plugin(new Lookup { Cached = NamespaceState.Terminating });

        var status = await StoreFixture.Refusal(() => plugin.ValidateAsync(Request(AdmissionOperation.Create), CancellationToken.None).AsTask());

        Assert.That(
            (status.Code, status.Message),
            Is.EqualTo((403, "widgets.demo.example.dev \"a\" is forbidden: unable to create new content in namespace default because it is being terminated")));
        Assert.That(
            status.Details!.Causes,
            Is.EqualTo([new StatusCause { Reason = "NamespaceTerminating", Message = "namespace default is being terminated", Field = "metadata.namespace" }]));
    }

    [TestCase(AdmissionOperation.Update)]
    [TestCase(AdmissionOperation.Delete)]
    public async Task Validate_OtherWriteInMissingNamespace_AllowsIt(AdmissionOperation operation) =>
        await Plugin(new Lookup()).ValidateAsync(Request(operation), CancellationToken.None);

    [TestCase("default", true)]
    [TestCase("kube-system", true)]
    [TestCase("other", false)]
    public async Task Validate_DeleteOfNamespace_KeepsThoseAClusterMustHave(string name, bool refused)
    {
        var type = Widgets.Cluster with { Group = string.Empty, Plural = "namespaces", Kind = "Namespace", Scope = ResourceScope.Cluster };
        var request = new AdmissionRequest { Context = StoreFixture.Context(name, type: type), Operation = AdmissionOperation.Delete };
        var plugin = Plugin(new Lookup());

        if (refused)
        {
            var status = await StoreFixture.Refusal(() => plugin.ValidateAsync(request, CancellationToken.None).AsTask());
            Assert.That(status.Message, Is.EqualTo($"namespaces \"{name}\" is forbidden: this namespace may not be deleted"));
        }
        else
        {
            await plugin.ValidateAsync(request, CancellationToken.None);
        }
    }

    private static NamespaceLifecycle Plugin(Lookup lookup, TimeProvider? time = null) => new(lookup, time ?? new FakeTimeProvider());

    private static AdmissionRequest Request(AdmissionOperation operation) => new()
    {
        Context = StoreFixture.Context("a"),
        Operation = operation,
        Object = operation == AdmissionOperation.Delete ? null : new JsonObject { ["metadata"] = new JsonObject { ["name"] = "a" } },
    };

    private sealed class Lookup : INamespaceLookup
    {
        public NamespaceState Cached { get; init; }

        public NamespaceState Source { get; init; }

        public int Fresh { get; private set; }

        public ValueTask<NamespaceState> FindAsync(string name, bool fresh, CancellationToken cancellationToken)
        {
            Fresh += fresh ? 1 : 0;
            return ValueTask.FromResult(fresh ? Source : Cached);
        }
    }
}
