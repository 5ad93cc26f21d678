using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiMachinery.Schemas.Rules;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.TestSupport.IO;

namespace KubeFed.ApiMachinery.Tests.Schemas.Rules;

/// <summary>The rules of the definitions that this repository ships.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class ShippedRulesTests
{
    private const string Config = "kubefedconfigs";
    private static readonly string Preferences = Repository.Combine("crds", "scheduling.kubefed.io_replicaschedulingpreferences.yaml");
    private const string TypeConfig = "federatedtypeconfigs";
    private const string TargetType = """{"spec":{"targetType":{"group":"apps","version":"v1","kind":"Deployment","pluralName":"deployments","scope":"Namespaced"}}""";

    [Test]
    public void Check_EveryDefinition_Compiles()
    {
        string[] files = Directory.GetFiles(Repository.Combine("crds"), "*.yaml");
        RuleValidator[] validators = [.. files.Select(static f => RuleValidator.For(LoadFile(f)))];
        Assert.Multiple(() =>
        {
            Assert.That(validators.Count(static v => v.HasRules), Is.EqualTo(3));
            Assert.That(validators.SelectMany(static v => v.Check(FieldPath.Root("schema"))), Is.Empty);
        });
    }

    [TestCase("deployments.apps", "apps", "")]
    [TestCase("deployments", "", "")]
    [TestCase("deployments", null, "")]
    [TestCase("deployments", "apps", "<nil>: Invalid value: \"object\": metadata.name must be the plural name of the target type, plus a dot and its group unless that is empty")]
    [TestCase("deployments.apps", null, "<nil>: Invalid value: \"object\": metadata.name must be the plural name of the target type, plus a dot and its group unless that is empty")]
    public void Validate_FederatedTypeConfig_NameFitsTarget(string name, string? group, string expected)
    {
        var self = JsonNode.Parse("{\"metadata\":{\"name\":\"" + name + "\"}," + TargetType[1..] + "}")!;
        if (group is null)
        {
            self["spec"]!["targetType"]!.AsObject().Remove("group");
        }
        else
        {
            self["spec"]!["targetType"]!["group"] = group;
        }

        Assert.That(RuleValidator.For(Load(TypeConfig)).Validate(self).Errors.ToString(), Is.EqualTo(expected));
    }

    [TestCase("15s", "10s", "5s", "")]
    [TestCase("10s", "10s", "5s", "spec.leaderElect: Invalid value: \"object\": leaseDuration must be more than renewDeadline")]
    [TestCase("1m", "6s", "5s", "spec.leaderElect: Invalid value: \"object\": renewDeadline must be more than 1.2 times retryPeriod")]
    [TestCase("1m", "6.001s", "5s", "")]
    public void Validate_KubeFedConfig_DurationsFit(string lease, string renew, string retry, string expected)
    {
        var self = JsonNode.Parse("{\"spec\":{\"scope\":\"Cluster\",\"leaderElect\":{\"leaseDuration\":\"" + lease + "\",\"renewDeadline\":\"" + renew + "\",\"retryPeriod\":\"" + retry + "\"}}}")!;
        Assert.That(RuleValidator.For(Load(Config)).Validate(self).Errors.ToString(), Is.EqualTo(expected));
    }

    [TestCase("Cluster", "Cluster", "")]
    [TestCase("Cluster", "Namespaced", "spec.scope: Invalid value: \"Cluster\": scope cannot be changed")]
    [TestCase("Cluster", null, "")]
    public void Validate_KubeFedConfig_ScopeStays(string scope, string? old, string expected)
    {
        var self = JsonNode.Parse("{\"spec\":{\"scope\":\"" + scope + "\"}}")!;
        JsonNode? before = old is null ? null : JsonNode.Parse("{\"spec\":{\"scope\":\"" + old + "\"}}");
        Assert.That(RuleValidator.For(Load(Config)).Validate(self, before).Errors.ToString(), Is.EqualTo(expected));
    }

    [TestCase("""{"minReplicas":3,"maxReplicas":2}""", "spec.clusters[a]: Invalid value: \"object\": minReplicas must not be more than maxReplicas")]
    [TestCase("""{"minReplicas":3,"maxReplicas":3}""", "")]
    [TestCase("""{"minReplicas":3}""", "")]
    public void Validate_ReplicaSchedulingPreference_LimitsFit(string cluster, string expected)
    {
        var self = JsonNode.Parse("{\"spec\":{\"targetKind\":\"FederatedDeployment\",\"totalReplicas\":5,\"clusters\":{\"a\":" + cluster + "}}}")!;
        Assert.That(RuleValidator.For(LoadFile(Preferences)).Validate(self).Errors.ToString(), Is.EqualTo(expected));
    }

    [TestCase("""{"clusters":["a"]}""", "")]
    [TestCase("""{"clusterSelector":{}}""", "")]
    [TestCase("{}", "spec.overflow[0]: Invalid value: \"object\": clusters or clusterSelector is required")]
    public void Validate_ReplicaSchedulingPreference_GroupsSelectClusters(string group, string expected)
    {
        var self = JsonNode.Parse("{\"spec\":{\"targetKind\":\"FederatedDeployment\",\"totalReplicas\":5,\"overflow\":[" + group + "]}}")!;
        Assert.That(RuleValidator.For(LoadFile(Preferences)).Validate(self).Errors.ToString(), Is.EqualTo(expected));
    }

    private static StructuralSchema Load(string plural) => LoadFile(Repository.Combine("crds", $"core.kubefed.io_{plural}.yaml"));

    private static StructuralSchema LoadFile(string file)
    {
        JsonNode definition = KubeYaml.ToJson(File.ReadAllText(file))!;
        FieldErrorList errors = [];
        StructuralSchema schema = SchemaParser.Parse(
            definition["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!.AsObject(), FieldPath.Root("schema"), errors);
        Assert.That(errors, Is.Empty, file);
        return schema;
    }
}
