using System.Text.Json.Nodes;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiMachinery.Validation;
using KubeFed.TestSupport.IO;

namespace KubeFed.ApiMachinery.Tests.Schemas;

[TestFixture]
internal sealed class SchemaParserTests
{
    private const string Prefix = "openAPIV3Schema";

    [TestCase("{properties: {spec: {type: object}}}", ".type: Required value: must not be empty at the root")]
    [TestCase("{type: array, items: {type: string}}", ".type: Invalid value: \"array\": must be object at the root")]
    [TestCase("{type: object, properties: {a: {}}}", ".properties[a].type: Required value: must not be empty for specified object fields")]
    [TestCase("{type: object, properties: {a: {type: array, items: {}}}}",
        ".properties[a].items.type: Required value: must not be empty for specified array items")]
    [TestCase("{type: object, properties: {a: {type: array}}}", ".properties[a].items: Required value: must be specified")]
    [TestCase("{type: object, additionalProperties: {type: string}}", ".additionalProperties: Forbidden: must not be used at the root")]
    [TestCase("{type: object, properties: {a: {type: object, properties: {b: {type: string}}, additionalProperties: {type: string}}}}",
        ".properties[a].additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive")]
    [TestCase("{type: object, properties: {a: {type: strin}}}",
        ".properties[a].type: Unsupported value: \"strin\": supported values: \"array\", \"boolean\", \"integer\", \"number\", \"object\", \"string\"")]
    [TestCase("{type: object, properties: {a: {$ref: '#/x', type: string}}}", ".properties[a].$ref: Forbidden: $ref is not supported")]
    [TestCase("{type: object, properties: {a: {type: array, uniqueItems: true, items: {type: string}}}}",
        ".properties[a].uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic")]
    [TestCase("{type: object, properties: {a: {type: string, pattern: '('}}}",
        ".properties[a].pattern: Invalid value: \"(\": must be a valid regular expression, but isn't: error parsing regexp: missing closing ): `(`")]
    [TestCase("{type: object, properties: {metadata: {type: object, properties: {labels: {type: object}}}}}",
        ".properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified")]
    [TestCase("{type: object, properties: {kind: {type: integer}}}", ".properties[kind].type: Invalid value: \"integer\": must be string")]
    [TestCase("{type: object, anyOf: [{type: object}]}", ".anyOf[0].type: Forbidden: must be empty to be structural")]
    [TestCase("{type: object, oneOf: [{properties: {a: {minimum: 1}}}]}",
        ".properties[a]: Required value: because it is defined in openAPIV3Schema.oneOf[0].properties[a]")]
    [TestCase("{type: object, properties: {a: {x-kubernetes-int-or-string: true, x-kubernetes-preserve-unknown-fields: true}}}",
        ".properties[a].x-kubernetes-preserve-unknown-fields: Invalid value: true: must be false if x-kubernetes-int-or-string is true")]
    [TestCase("{type: object, properties: {a: {type: object, x-kubernetes-embedded-resource: true}}}",
        ".properties[a].properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields")]
    [TestCase("{type: object, properties: {a: {type: object, x-kubernetes-list-type: set}}}",
        ".properties[a].type: Invalid value: \"object\": must be array if x-kubernetes-list-type is specified")]
    [TestCase("{type: object, properties: {a: {type: array, x-kubernetes-list-type: bag, items: {type: string}}}}",
        ".properties[a].x-kubernetes-list-type: Unsupported value: \"bag\": supported values: \"atomic\", \"set\", \"map\"")]
    [TestCase("{type: object, properties: {a: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: {type: object, properties: {k: {type: string}}}}}}",
        ".properties[a].items.properties[k].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property")]
    [TestCase("{type: object, properties: {a: {type: integer, minimum: many}}}", ".properties[a].minimum: Invalid value: \"many\": must be a number")]
    [TestCase("{type: object, properties: {a: {type: string, default: 5}}}",
        ".properties[a].default: Invalid value: \"integer\":  in body must be of type string: \"integer\"")]
    [TestCase("{type: object, properties: {a: {type: object, default: {b: 5, zz: 1}, properties: {b: {type: string}}}}}",
        ".properties[a].default: Invalid value: {\"b\":5,\"zz\":1}: must not have unknown fields")]
    [TestCase("{type: object, properties: {a: {type: object, default: {b: 5, zz: 1}, properties: {b: {type: string}}}}}",
        ".properties[a].default.b: Invalid value: \"integer\": b in body must be of type string: \"integer\"")]
    [TestCase("{type: object, properties: {metadata: {type: object, properties: {name: {type: string, default: x}}}}}",
        ".properties[metadata].properties[name].default: Forbidden: must not be set in top-level metadata")]
    [TestCase("{type: object, properties: {a: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true, default: {apiVersion: v1}}}}",
        ".properties[a].default.kind: Required value: must not be empty")]
    [TestCase("{type: object, properties: {a: {type: array, x-kubernetes-list-type: set, items: {type: object}}}}",
        ".properties[a].items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with x-kubernetes-list-type=set")]
    public void Parse_UnstructuralSchema_SaysWhy(string schema, string error) =>
        Assert.That(SchemaOf.Errors(schema), Does.Contain(Prefix + error));

    [TestCase("{type: object, properties: {a: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}}}")]
    [TestCase("{type: object, properties: {a: {x-kubernetes-int-or-string: true, allOf: [{anyOf: [{type: integer}, {type: string}]}, {pattern: x}]}}}")]
    [TestCase("{type: object, properties: {metadata: {type: object, properties: {name: {type: string, maxLength: 5}}}}}")]
    [TestCase("{type: object, properties: {a: {x-kubernetes-preserve-unknown-fields: true}}}")]
    [TestCase("{type: object, x-kubernetes-preserve-unknown-fields: true}")]
    public void Parse_StructuralSchema_HasNoErrors(string schema) => Assert.That(SchemaOf.Errors(schema), Is.Empty);

    [Test]
    public void Parse_EveryKeyword_IsKept()
    {
        StructuralSchema schema = SchemaOf.Properties(
            """
            a: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], x-kubernetes-patch-merge-key: k,
                x-kubernetes-patch-strategy: "merge,retainKeys", minItems: 1,
                items: {type: object, required: [k], x-kubernetes-map-type: atomic, properties: {k: {type: string, default: x, enum: [x, y]}}}}
            """);
        StructuralSchema list = schema.Properties["a"];
        StructuralSchema item = list.Items!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(list.ListType, Is.EqualTo(ListType.Map));
            Assert.That(list.ListMapKeys, Is.EqualTo(new[] { "k" }));
            Assert.That(list.PatchMergeKey, Is.EqualTo("k"));
            Assert.That(list.PatchStrategies, Is.EqualTo(new[] { "merge", "retainKeys" }));
            Assert.That(list.Validation.MinItems, Is.EqualTo(1));
            Assert.That(item.AtomicMap, Is.True);
            Assert.That(item.Validation.Required, Is.EqualTo(new[] { "k" }));
            Assert.That(item.Properties["k"].Default!.ToString(), Is.EqualTo("x"));
            Assert.That(item.Properties["k"].Validation.Enum, Has.Count.EqualTo(2));
        }
    }

    [Test]
    public void Parse_DefinitionsOfTheRepository_AreStructural()
    {
        string[] files = Directory.GetFiles(Path.Combine(Repository.Root, "crds"), "*.yaml", SearchOption.AllDirectories);
        Assert.That(files, Is.Not.Empty);
        foreach (string file in files)
        {
            foreach (JsonNode version in ((JsonObject)SchemaOf.Tree(File.ReadAllText(file))!)["spec"]!["versions"]!.AsArray()!)
            {
                var errors = new FieldErrorList();
                SchemaParser.Parse((JsonObject)version["schema"]!["openAPIV3Schema"]!, SchemaOf.Root, errors);
                Assert.That(errors.Select(static e => e.ToString()), Is.Empty, file);
            }
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public FsCheck.Property Parse_ArbitraryJson_NeverThrows() => Prop.ForAll(JsonTrees.Arbitrary, static tree =>
    {
        foreach (string keyword in (string[])["type", "properties", "items", "anyOf", "allOf", "not", "enum", "x-kubernetes-list-map-keys", "default"])
        {
            var schema = new JsonObject { ["type"] = "object", [keyword] = tree?.DeepClone() };
            SchemaParser.Parse(schema, SchemaOf.Root, new FieldErrorList());
            SchemaParser.Parse(new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["a"] = schema } }, SchemaOf.Root, new FieldErrorList());
        }
    });
}
