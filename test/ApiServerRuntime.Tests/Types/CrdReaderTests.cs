using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Tests.Types;

public sealed class CrdReaderTests
{
    private const string Definition =
        """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.demo.example.dev","uid":"u1"},
         "spec":{"group":"demo.example.dev","scope":"Namespaced","names":{"plural":"widgets","kind":"Widget","shortNames":["wdg"],"categories":["demo"]},
          "versions":[
           {"name":"v1beta1","served":true,"storage":false,"deprecated":true,"schema":{"openAPIV3Schema":{"type":"object"}}},
           {"name":"v1","served":true,"storage":true,
            "schema":{"openAPIV3Schema":{"type":"object","properties":{
              "spec":{"type":"object","properties":{"replicas":{"type":"integer"},"size":{"type":"string"},"tags":{"type":"array","items":{"type":"string"}}}},
              "status":{"type":"object","properties":{"replicas":{"type":"integer"},"selector":{"type":"string"}}}}}},
            "subresources":{"status":{},"scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.replicas","labelSelectorPath":".status.selector"}},
            "selectableFields":[{"jsonPath":".spec.size"}],
            "additionalPrinterColumns":[{"name":"Size","type":"string","jsonPath":".spec.size","priority":1}]}]}}
        """;

    [Test]
    public void Read_WholeDefinition_GivesTheType()
    {
        var result = CrdReader.Read(Tree());

        Assert.That(result.Errors.ToString(), Is.Empty);
        var type = result.Type!;
        Assert.That((type.Group, type.Plural, type.Singular, type.Kind, type.ListKind), Is.EqualTo(("demo.example.dev", "widgets", "widget", "Widget", "WidgetList")));
        Assert.That(type.Scope, Is.EqualTo(ResourceScope.Namespaced));
        Assert.That((type.StorageVersion, type.DefinitionUid), Is.EqualTo(("v1", "u1")));
        Assert.That(type.Versions.Select(v => v.Name), Is.EqualTo(["v1", "v1beta1"]));
        Assert.That(type.Versions[1].DeprecationWarning, Is.EqualTo("demo.example.dev/v1beta1 Widget is deprecated"));
        Assert.That(type.Versions[0].HasStatus, Is.True);
        Assert.That(type.Versions[0].Scale, Is.EqualTo(new ScaleSubresource(".spec.replicas", ".status.replicas", ".status.selector")));
        Assert.That(type.Versions[0].SelectableFields, Is.EqualTo(["spec.size"]));
        Assert.That(type.Versions[0].PrinterColumns, Is.EqualTo([new PrinterColumn("Size", "string", ".spec.size", Priority: 1)]));
        Assert.That((type.ShortNames, type.Categories), Is.EqualTo(((IReadOnlyList<string>)["wdg"], (IReadOnlyList<string>)["demo"])));
    }

    [TestCase("metadata/name", "\"gadgets.demo.example.dev\"", "metadata.name: Invalid value: \"gadgets.demo.example.dev\": must be spec.names.plural+\".\"+spec.group")]
    [TestCase("spec/group", "\"demo\"", "spec.group: Invalid value: \"demo\": should be a domain with at least one dot", "metadata.name")]
    [TestCase("spec/scope", "\"Global\"", "spec.scope: Unsupported value: \"Global\": supported values: \"Cluster\", \"Namespaced\"")]
    [TestCase("spec/scope", "null", "spec.scope: Required value")]
    [TestCase("spec/names/kind", "null", "spec.names.kind: Required value")]
    [TestCase("spec/names/listKind", "\"Widget\"", "spec.names.listKind: Invalid value: \"Widget\": kind and listKind may not be the same")]
    [TestCase("spec/conversion", "{\"strategy\":\"Webhook\"}", "spec.conversion.strategy: Forbidden: this server does not convert by webhook")]
    [TestCase("spec/conversion", "{\"strategy\":\"Magic\"}", "spec.conversion.strategy: Unsupported value: \"Magic\": supported values: \"None\", \"Webhook\"")]
    [TestCase("spec/preserveUnknownFields", "true", "spec.preserveUnknownFields: Invalid value: true: must be false")]
    [TestCase("spec/versions/0/storage", "true", "spec.versions: Invalid value: [\"v1beta1\",\"v1\"]: must have exactly one version marked as storage version")]
    [TestCase("spec/versions/0/name", "\"v1\"", "must contain unique version names")]
    [TestCase("spec/versions/0/schema", "null", "spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required")]
    [TestCase("spec/versions/1/deprecationWarning", "\"x\"", "spec.versions[1].deprecationWarning: Invalid value: \"x\": can only be set for deprecated versions")]
    [TestCase("spec/versions/1/selectableFields/0/jsonPath", "\".spec.none\"", "is an invalid path: does not refer to a valid field")]
    [TestCase("spec/versions/1/selectableFields/0/jsonPath", "\".spec.tags\"", "must point to a field of type string, boolean or integer")]
    [TestCase("spec/versions/1/selectableFields/0/jsonPath", "\".metadata.name\"", "must not point to fields in metadata")]
    [TestCase("spec/versions/1/additionalPrinterColumns/0/type", "\"text\"", "Invalid value: \"text\": must be one of boolean,date,integer,number,string")]
    [TestCase("spec/versions/1/additionalPrinterColumns/0/jsonPath", "\"spec\"", "must be a simple json path starting with .")]
    [TestCase("spec/versions/1/subresources/scale/specReplicasPath", "\".status.replicas\"", "should be a json path under .spec")]
    [TestCase("spec/versions/1/schema/openAPIV3Schema/properties/spec/x-kubernetes-validations", "[{\"rule\":\"self.bogus\"}]", "compilation failed")]
    public void Read_FaultyDefinition_NamesTheField(string pointer, string value, string expected, string alsoAt = "")
    {
        var definition = Tree();
        Set(definition, pointer.Split('/'), JsonNode.Parse(value));

        var result = CrdReader.Read(definition);

        Assert.That(result.Type, Is.Null);
        Assert.That(result.Errors.Select(error => error.ToString()), Has.Some.Contains(expected));
        Assert.That(result.Errors.Select(error => error.Field).Distinct().Count(), Is.LessThanOrEqualTo(alsoAt.Length > 0 ? 2 : 1));
    }

    [TestCase("{}")]
    [TestCase("""{"spec":[]}""")]
    [TestCase("""{"metadata":1,"spec":{"group":5,"names":[],"versions":[1,{"name":{},"schema":1}]}}""")]
    public void Read_AnotherShape_GivesErrors(string json) =>
        Assert.That(CrdReader.Read(JsonNode.Parse(json)!.AsObject()).Errors, Is.Not.Empty);

    [Test]
    public void VersionOrder_OfVersions_IsThatOfKubernetes()
    {
        string[] expected = ["v10", "v2", "v1", "v11beta2", "v10beta3", "v3beta1", "v12alpha1", "v11alpha2", "foo1", "foo10"];

        Assert.That(expected.Reverse().Order(VersionOrder.Instance), Is.EqualTo(expected));
    }

    private static JsonObject Tree() => JsonNode.Parse(Definition)!.AsObject();

    private static void Set(JsonNode node, string[] path, JsonNode? value)
    {
        foreach (string name in path[..^1])
        {
            node = int.TryParse(name, out int index) ? node[index]! : node[name]!;
        }

        node[path[^1]] = value;
    }
}
