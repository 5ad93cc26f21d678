using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.FederationApiServer.Admission;
using KubeFed.FederationCore.Rendering;

namespace KubeFed.FederationApiServer.Tests.Admission;

[TestFixture]
public sealed class FederatedObjectAdmissionTests
{
    private const string Good = """{"template":{"spec":{"replicas":1}},"placement":{"clusters":[{"name":"c1"}]},"overrides":[{"clusterName":"c1","clusterOverrides":[{"path":"/spec/replicas","value":2}]}]}""";
    private const string Bad = """{"template":{"spec":{}},"overrides":[{"clusterName":"c1","clusterOverrides":[{"op":"add","path":"/spec/a/b","value":1}]}]}""";

    private static readonly ResourceTypeVersion Version = new() { Name = "v1beta1", Schema = StructuralSchema.Unknown };

    private static readonly ResourceType Type = new()
    {
        Group = "types.kubefed.io",
        Plural = "federateddeployments",
        Singular = "federateddeployment",
        Kind = "FederatedDeployment",
        ListKind = "FederatedDeploymentList",
        Scope = ResourceScope.Namespaced,
        Versions = [Version],
        StorageVersion = "v1beta1",
    };

    [Test]
    public async Task Mutate_ACreation_SetsTheFinalizerOnce()
    {
        var request = Request(AdmissionOperation.Create, Good);
        var admission = Admission();

        await admission.MutateAsync(request, CancellationToken.None);
        await admission.MutateAsync(request, CancellationToken.None);

        Assert.That(request.Object!["metadata"]!["finalizers"]!.ToJsonString(), Is.EqualTo("""["kubefed.io/sync-controller"]"""));
    }

    [Test]
    public async Task Mutate_WhereNobodyWouldRemoveIt_SetsNoFinalizer()
    {
        var request = Request(AdmissionOperation.Create, Good);

        await Admission(propagated: false).MutateAsync(request, CancellationToken.None);

        Assert.That(request.Object!["metadata"]!["finalizers"], Is.Null);
    }

    [Test]
    public async Task Mutate_AnUpdate_SetsNoFinalizer()
    {
        var request = Request(AdmissionOperation.Update, Good, Good);

        await Admission().MutateAsync(request, CancellationToken.None);

        Assert.That(request.Object!["metadata"]!["finalizers"], Is.Null);
    }

    [Test]
    public async Task Validate_OverridesThatCannotApply_NamesTheField()
    {
        var refusal = await Assert.ThrowsAsync<StatusException>(async () => await Admission().ValidateAsync(Request(AdmissionOperation.Create, Bad), CancellationToken.None));

        Assert.Multiple(() =>
        {
            Assert.That(refusal!.Code, Is.EqualTo(422));
            Assert.That(refusal.Status.Details?.Causes?.Single().Field, Is.EqualTo("spec.overrides[0].clusterOverrides[0].path"));
            Assert.That(refusal.Message, Does.StartWith("FederatedDeployment.types.kubefed.io \"web\" is invalid: "));
        });
    }

    [Test]
    public async Task Validate_AnUpdateThatLeavesABadSpecAlone_Passes()
    {
        var request = Request(AdmissionOperation.Update, Bad, Bad);

        await Admission().ValidateAsync(request, CancellationToken.None);

        Assert.That(request.Context.Warnings.Texts, Is.Empty);
    }

    [Test]
    public async Task Validate_UnknownClusters_AreWarnedOf()
    {
        var request = Request(AdmissionOperation.Create, Good);

        await Admission(clusters: new HashSet<string> { "c2" }).ValidateAsync(request, CancellationToken.None);

        Assert.That(request.Context.Warnings.Texts, Is.EqualTo(new[]
        {
            "spec.placement.clusters[0].name: cluster \"c1\" is not registered: nothing is propagated to it until it joins",
            "spec.overrides[0].clusterName: cluster \"c1\" is not registered: the entry has no effect until it joins",
        }));
    }

    [Test]
    public async Task Validate_BeforeTheClustersAreKnown_WarnsOfNothing()
    {
        var request = Request(AdmissionOperation.Create, Good);

        await Admission().ValidateAsync(request, CancellationToken.None);

        Assert.That(request.Context.Warnings.Texts, Is.Empty);
    }

    private static FederatedObjectAdmission Admission(bool propagated = true, IReadOnlySet<string>? clusters = null) => new(new Types(propagated, clusters));

    private static AdmissionRequest Request(AdmissionOperation operation, string spec, string? oldSpec = null) => new()
    {
        Context = new ResourceContext { Type = Type, Version = Version, Namespace = "shop", Name = "web", User = UserInfo.Anonymous },
        Operation = operation,
        Object = Tree(spec),
        OldObject = oldSpec is null ? null : KubeObject.FromNode(Tree(oldSpec)),
    };

    private static JsonObject Tree(string spec) => new()
    {
        ["apiVersion"] = "types.kubefed.io/v1beta1",
        ["kind"] = "FederatedDeployment",
        ["metadata"] = new JsonObject { ["name"] = "web", ["namespace"] = "shop" },
        ["spec"] = JsonNode.Parse(spec),
    };

    private sealed class Types(bool propagated, IReadOnlySet<string>? clusters) : IFederatedTypes
    {
        public IReadOnlySet<string>? Clusters => clusters;

        public FederatedType? Find(GroupResource resource) =>
            new(resource, new TargetDescription(new GroupVersionKind("apps", "v1", "Deployment"), Namespaced: true), propagated);
    }
}
