using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Tests.Schemas;

[TestFixture]
internal sealed class SchemaPublisherTests
{
    private static readonly StructuralSchema Schema = SchemaOf.Properties(
        """
        spec:
          type: object
          required: [req, nul]
          properties:
            req: {type: string, pattern: '^a', default: ab, description: what}
            nul: {type: object, nullable: true, properties: {a: {type: string}}}
            ios: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}
            pu: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: string}}}
            er: {type: object, x-kubernetes-embedded-resource: true, properties: {spec: {type: object}}}
            any: {type: object, additionalProperties: true}
            lm: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], x-kubernetes-patch-merge-key: k, x-kubernetes-patch-strategy: merge,
                 items: {type: object, required: [k], x-kubernetes-map-type: atomic, properties: {k: {type: string}}}}
            num: {type: number, minimum: 1.5, maximum: 10, x-kubernetes-validations: [{rule: self > 2, message: wrong}]}
            not: {type: string, not: {enum: [x]}}
        """);

    [Test]
    public void ToOpenApiV3_Schema_KeepsEverything()
    {
        JsonObject v3 = SchemaPublisher.ToOpenApiV3(Schema);
        JsonNode spec = v3["properties"]!["spec"]!["properties"]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(v3["properties"]!.AsObject().Select(static p => p.Key), Is.EqualTo(new[] { "apiVersion", "kind", "metadata", "spec" }));
            Assert.That(v3["properties"]!["metadata"]!["allOf"]!.ToJsonString(), Is.EqualTo("""[{"$ref":"#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"}]"""));
            Assert.That(spec["ios"]!.ToJsonString(), Is.EqualTo("""{"anyOf":[{"type":"integer"},{"type":"string"}],"x-kubernetes-int-or-string":true}"""));
            Assert.That(spec["nul"]!["nullable"]!.GetValue<bool>(), Is.True);
            Assert.That(spec["req"]!.ToJsonString(), Is.EqualTo("""{"description":"what","type":"string","default":"ab","pattern":"^a"}"""));
            Assert.That(spec["er"]!["required"]!.ToJsonString(), Is.EqualTo("""["kind","apiVersion"]"""));
            Assert.That(spec["er"]!["properties"]!.AsObject().Select(static p => p.Key), Is.EqualTo(new[] { "apiVersion", "kind", "metadata", "spec" }));
            Assert.That(spec["num"]!["x-kubernetes-validations"]!.ToJsonString(), Is.EqualTo("[{\"rule\":\"self \\u003E 2\",\"message\":\"wrong\"}]"));
            Assert.That(spec["not"]!["not"]!.ToJsonString(), Is.EqualTo("""{"enum":["x"]}"""));
            Assert.That(spec["any"]!["additionalProperties"]!.GetValue<bool>(), Is.True);
            Assert.That(spec["lm"]!["x-kubernetes-patch-merge-key"]!.ToString(), Is.EqualTo("k"));
        }
    }

    [Test]
    public void ToOpenApiV2_Schema_DropsWhatItCannotSay()
    {
        JsonNode v2 = SchemaPublisher.ToOpenApiV2(Schema);
        JsonNode spec = v2["properties"]!["spec"]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(v2["properties"]!["metadata"]!["$ref"]!.ToString(), Is.EqualTo("#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"));
            Assert.That(spec["required"]!.ToJsonString(), Is.EqualTo("""["req"]"""));
            Assert.That(spec["properties"]!["nul"]!.ToJsonString(), Is.EqualTo("{}"));
            Assert.That(spec["properties"]!["ios"]!.ToJsonString(), Is.EqualTo("""{"x-kubernetes-int-or-string":true}"""));
            Assert.That(spec["properties"]!["pu"]!.ToJsonString(), Is.EqualTo("""{"x-kubernetes-preserve-unknown-fields":true}"""));
            Assert.That(spec["properties"]!["not"]!.ToJsonString(), Is.EqualTo("""{"type":"string"}"""));
        }
    }

    [Test]
    public void ToOpenApiV2_RootThatKeepsUnknownFields_SaysNothingButObject() =>
        Assert.That(SchemaPublisher.ToOpenApiV2(Schema with { PreserveUnknownFields = true }).ToJsonString(), Is.EqualTo("""{"type":"object"}"""));

    [Test]
    public void ToOpenApiV3_ParsedAgain_PublishesTheSame()
    {
        JsonObject published = SchemaPublisher.ToOpenApiV3(Schema);
        var again = (JsonObject)published["properties"]!["spec"]!.DeepClone();
        StructuralSchema parsed = SchemaOf.Good(new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["spec"] = Plain(again) } });
        Assert.That(JsonNode.DeepEquals(SchemaPublisher.ToOpenApiV3(parsed), published), Is.True);
    }

    private static JsonObject Plain(JsonObject spec)
    {
        ((JsonObject)spec["properties"]!["er"]!["properties"]!).Remove("metadata");
        return spec;
    }
}
