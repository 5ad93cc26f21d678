using System.Text;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Crds;
using KubeFed.FederationApiServer.Types;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.FederationApiServer.Tests.Types;

[TestFixture]
public sealed class FederatedTypesTests
{
    private static readonly GroupResource FederatedDeployments = new("types.kubefed.io", "federateddeployments");

    private readonly TypeRegistry _registry = new();
    private readonly Targets _targets = new();
    private readonly FederatedTypes _types;

    public FederatedTypesTests() => _types = new FederatedTypes(_registry, _targets, NullLogger.Instance);

    [SetUp]
    public void Clear() => _types.TakeConfigs([]);

    [Test]
    public void TakeConfigs_WithATypeConfig_ServesItsType()
    {
        _types.TakeConfigs([Config()]);

        Assert.That(_registry.Current.TryFind("types.kubefed.io", "v1beta1", "federateddeployments", out var type, out var version), Is.True);
        Assert.Multiple(() =>
        {
            Assert.That(type.Kind, Is.EqualTo("FederatedDeployment"));
            Assert.That(version.HasStatus, Is.True);
            Assert.That(_types.Find(FederatedDeployments)?.Propagated, Is.True);
            Assert.That(_types.Find(FederatedDeployments)?.Target.Kind, Is.EqualTo(new GroupVersionKind("apps", "v1", "Deployment")));
        });
    }

    [Test]
    public void TakeConfigs_WithoutTheTypeConfig_ServesItNoMore()
    {
        _types.TakeConfigs([Config()]);

        _types.TakeConfigs([]);

        Assert.Multiple(() =>
        {
            Assert.That(_registry.Current.Find(FederatedDeployments), Is.Null);
            Assert.That(_types.Find(FederatedDeployments), Is.Null);
        });
    }

    [TestCase("Disabled", "")]
    [TestCase("Enabled", "\"deletionTimestamp\":\"2026-01-01T00:00:00Z\",")]
    public void TakeConfigs_OfATypeThatNobodyPropagates_IsServedButNotPropagated(string propagation, string metadata)
    {
        _types.TakeConfigs([Config(propagation, metadata)]);

        Assert.Multiple(() =>
        {
            Assert.That(_registry.Current.Find(FederatedDeployments), Is.Not.Null);
            Assert.That(_types.Find(FederatedDeployments)?.Propagated, Is.False);
        });
    }

    [Test]
    public void TakeConfigs_WithoutChange_KeepsTheType()
    {
        _types.TakeConfigs([Config()]);
        var before = _registry.Current.Find(FederatedDeployments);

        _types.TakeConfigs([Config()]);

        Assert.That(_registry.Current.Find(FederatedDeployments), Is.SameAs(before));
    }

    [Test]
    public void Refresh_AfterTheTargetIsKnown_ServesShortNamesAndReplicas()
    {
        _types.TakeConfigs([Config()]);
        var before = _registry.Current.Find(FederatedDeployments)!;

        _targets.Known = new FederationTarget { Resource = new ApiResource(), ShortNames = ["deploy"], HasReplicas = true };
        _types.Refresh();
        var after = _registry.Current.Find(FederatedDeployments)!;
        _targets.Known = null;

        Assert.Multiple(() =>
        {
            Assert.That(before.ShortNames, Is.Empty);
            Assert.That(after.ShortNames, Is.EqualTo(new[] { "fdeploy" }));
            Assert.That(after.Versions[0].Schema.Properties["spec"].Properties, Contains.Key("retainReplicas"));
        });
    }

    [Test]
    public void TakeConfigs_WithAMalformedOne_ServesTheOthers()
    {
        _types.TakeConfigs([Cached("bad", """{"propagation":7}"""), Config()]);

        Assert.That(_registry.Current.Find(FederatedDeployments), Is.Not.Null);
    }

    private static CachedObject Config(string propagation = "Enabled", string metadata = "") => Cached(
        "deployments.apps",
        $$$"""
        {"propagation":"{{{propagation}}}",
         "targetType":{"group":"apps","version":"v1","kind":"Deployment","pluralName":"deployments","scope":"Namespaced"},
         "federatedType":{"group":"types.kubefed.io","version":"v1beta1","kind":"FederatedDeployment","pluralName":"federateddeployments","scope":"Namespaced"}}
        """,
        metadata);

    private static CachedObject Cached(string name, string spec, string metadata = "")
    {
        var head = """{"apiVersion":"core.kubefed.io/v1beta1","kind":"FederatedTypeConfig","metadata":{""";
        var json = $"{head}{metadata}\"name\":\"{name}\",\"namespace\":\"ns\"}},\"spec\":{spec}}}";
        return new CachedObject($"/core.kubefed.io/federatedtypeconfigs/ns/{name}", KubeObject.Parse(Encoding.UTF8.GetBytes(json)), 1);
    }

    private sealed class Targets : ITargetDirectory, IDisposable
    {
        public FederationTarget? Known { get; set; }

        public FederationTarget Describe(ApiResource target) => Known ?? new FederationTarget { Resource = target };

        public IDisposable OnLearned(Action learned) => this;

        public void Dispose()
        {
        }
    }
}
