using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Crds;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationApis.Tests.Validation;

namespace KubeFed.FederationApis.Tests.Crds;

public sealed class CrdCatalogTests
{
    private static readonly Version Old = new(1, 20);
    private static readonly Version New = new(1, 30);

    private static JsonNode Schema(string name) => CrdCatalog.Load(New).Single(c => c.Metadata.Name.StartsWith(name + ".", StringComparison.Ordinal))
        .ToNode()["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!;

    private static JsonNode Property(JsonNode schema, params string[] path) => path.Aggregate(schema, (at, name) => at["properties"]![name]!);

    private static IEnumerable<(string Path, JsonObject Schema)> Walk(JsonObject schema, string path)
    {
        yield return (path, schema);
        foreach (var (name, child) in schema["properties"] as JsonObject ?? [])
        {
            foreach (var inner in Walk(child!.AsObject(), $"{path}.{name}"))
            {
                yield return inner;
            }
        }

        foreach (var inner in schema["items"] is JsonObject items ? Walk(items, path + "[]") : [])
        {
            yield return inner;
        }
    }

    private static IEnumerable<KubeObject> All() =>
        [.. CrdCatalog.Load(New), FederatedTypeFactory.CreateDefinition(FederatedTypeFactoryTests.Deployments)];

    [Test]
    public void Load_AnyServer_HasTheEightTypesSorted() =>
        Assert.That(CrdCatalog.Load(Old).Select(c => c.Metadata.Name), Is.EqualTo(
        [
            "clusterpropagatedversions.core.kubefed.io", "federatedservicestatuses.core.kubefed.io", "federatedtypeconfigs.core.kubefed.io",
            "kubefedclusters.core.kubefed.io",
            "kubefedconfigs.core.kubefed.io", "pendingremovals.core.kubefed.io", "propagatedversions.core.kubefed.io",
            "replicaschedulingpreferences.scheduling.kubefed.io",
        ]));

    [Test]
    public void Load_OldServer_HasNoValidationRules()
    {
        Assert.That(CrdCatalog.Load(Old).Select(c => c.ToNode().ToJsonString()), Has.All.Not.Contains("x-kubernetes-validations"));
        Assert.That(CrdCatalog.Load(New).Count(c => c.ToNode().ToJsonString().Contains("x-kubernetes-validations", StringComparison.Ordinal)), Is.EqualTo(3));
    }

    [Test]
    public void Schemas_MapLists_RequireTheirKeys()
    {
        var lists = All().SelectMany(c => Walk(c.ToNode()["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!.AsObject(), c.Metadata.Name))
            .Where(s => s.Schema["x-kubernetes-list-type"]?.GetValue<string>() == "map").ToArray();
        Assert.That(lists, Has.Length.EqualTo(12));
        foreach (var (path, schema) in lists)
        {
            var required = schema["items"]!["required"]!.AsArray().Select(n => n!.GetValue<string>());
            Assert.That(schema["x-kubernetes-list-map-keys"]!.AsArray().Select(n => n!.GetValue<string>()), Is.SubsetOf(required), path);
        }
    }

    [Test]
    public void Schemas_Fields_AreDescribed()
    {
        foreach (var definition in All())
        {
            var root = definition.ToNode()["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!.AsObject();
            Assert.That(root["description"], Is.Not.Null, definition.Metadata.Name);
            foreach (var part in (string[])["spec", "status"])
            {
                var undescribed = root["properties"]![part] is JsonObject schema
                    ? Walk(schema, part).Where(s => !s.Path.EndsWith("[]", StringComparison.Ordinal) && s.Schema["description"] is null).Select(s => s.Path)
                    : [];
                Assert.That(undescribed, Is.Empty, definition.Metadata.Name);
            }
        }
    }

    [Test]
    public void ApiEndpoint_Pattern_JudgesLikeTheValidator() =>
        AssertPattern(Property(Schema("kubefedclusters"), "spec", "apiEndpoint"), Vectors.GoodEndpoints, Vectors.BadEndpoints);

    [Test]
    public void ProxyUrl_Pattern_JudgesLikeTheValidator() =>
        AssertPattern(Property(Schema("kubefedclusters"), "spec", "proxyURL"), [.. Vectors.GoodProxies, ""], Vectors.BadProxies);

    [Test]
    public void SecretName_Pattern_JudgesLikeTheValidator() =>
        AssertPattern(Property(Schema("kubefedclusters"), "spec", "secretRef", "name"), ["a", "a-b.c", "0"], Vectors.BadSecretNames);

    [Test]
    public void Durations_Patterns_RefuseZeroAndNonsense()
    {
        var field = Property(Schema("kubefedconfigs"), "spec", "controllerDuration", "availableDelay");
        AssertPattern(field, ["20s", "1m30s", "1.5h", "500ms", "10s"], ["", "20", "-5s", "s", "1d"]);
        var zero = field["not"]!["pattern"]!.GetValue<string>();
        Assert.That(new[] { "0s", "0.0s", "00m0s" }, Has.All.Match(zero));
        Assert.That(new[] { "10s", "0m1s", "0.5s" }, Has.None.Match(zero));
    }

    [Test]
    public void KubeFedConfig_Defaults_AreThoseOfTheType()
    {
        var schema = Property(Schema("kubefedconfigs"), "spec");
        var spec = new KubeFedConfigSpec { Scope = "Cluster" }.WithDefaults();
        Assert.Multiple(() =>
        {
            Assert.That(Property(schema, "leaderElect", "resourceLock")["default"]!.GetValue<string>(), Is.EqualTo(spec.LeaderElect!.ResourceLock));
            Assert.That(Property(schema, "clusterHealthCheck", "failureThreshold")["default"]!.GetValue<long>(), Is.EqualTo(spec.ClusterHealthCheck!.FailureThreshold));
            Assert.That(Property(schema, "syncController", "maxConcurrentReconciles")["default"]!.GetValue<long>(), Is.EqualTo(spec.SyncController!.MaxConcurrentReconciles));
            foreach (var (section, field, value) in new[]
            {
                ("controllerDuration", "availableDelay", spec.ControllerDuration!.AvailableDelay),
                ("controllerDuration", "unavailableDelay", spec.ControllerDuration.UnavailableDelay),
                ("leaderElect", "leaseDuration", spec.LeaderElect.LeaseDuration),
                ("leaderElect", "renewDeadline", spec.LeaderElect.RenewDeadline),
                ("leaderElect", "retryPeriod", spec.LeaderElect.RetryPeriod),
                ("clusterHealthCheck", "period", spec.ClusterHealthCheck.Period),
                ("clusterHealthCheck", "timeout", spec.ClusterHealthCheck.Timeout),
                ("syncController", "unreachableDeletionTimeout", spec.SyncController.UnreachableDeletionTimeout),
            })
            {
                Assert.That(GoDuration.TryParse(Property(schema, section, field)["default"]!.GetValue<string>(), out var parsed), field);
                Assert.That(parsed, Is.EqualTo(value), field);
            }
        });
    }

    private static void AssertPattern(JsonNode field, IEnumerable<string> good, IEnumerable<string> bad)
    {
        var pattern = new Regex(field["pattern"]!.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(5));
        Assert.That(good.Where(v => !pattern.IsMatch(v)), Is.Empty, "refused");
        Assert.That(bad.Where(v => pattern.IsMatch(v)), Is.Empty, "accepted");
    }
}
