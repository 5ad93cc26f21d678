using System.Text.Json.Nodes;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Tests.Schemas;

[TestFixture]
internal sealed class SchemaPrunerTests
{
    private static readonly StructuralSchema Schema = SchemaOf.Properties(
        """
        spec:
          type: object
          properties:
            a: {type: string}
            nul: {type: string, nullable: true}
            def: {type: string, default: hello}
            l: {type: array, items: {type: object, properties: {k: {type: string, default: one}}}}
            m: {type: object, additionalProperties: {type: object, properties: {k: {type: string, default: two}}}}
            any: {type: object, additionalProperties: true}
            pu: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {known: {type: object, properties: {x: {type: string}}}}}
            er: {type: object, x-kubernetes-embedded-resource: true, properties: {spec: {type: object, properties: {x: {type: string}}}}}
        """);

    [Test]
    public void Prune_UnknownFields_AreDroppedAndReportedSorted()
    {
        JsonNode tree = SchemaOf.Tree(
            """
            apiVersion: v1
            kind: Widget
            metadata: {name: a, bogus: kept}
            zz: 1
            spec: {a: x, bogus: {b: 1}, l: [{k: x, z: 1}], m: {'a/b': {k: x, z: 1}}, any: {x: {w: 1}, s: 5}, pu: {u: {v: 1}, known: {x: a, y2: b}},
                   er: {apiVersion: v1, kind: Pod, metadata: {zz: 1}, spec: {x: a, w: 1}, status: {}}}
            """)!;

        IReadOnlyList<string> dropped = SchemaPruner.Prune(tree, Schema);

        Assert.That(dropped, Is.EqualTo(new[]
        {
            "spec.any.x.w", "spec.bogus", "spec.er.spec.w", "spec.er.status", "spec.l[0].z", "spec.m.a/b.z", "spec.pu.known.y2", "zz",
        }));
        Assert.That(
            tree.ToJsonString(),
            Is.EqualTo("""{"apiVersion":"v1","kind":"Widget","metadata":{"name":"a","bogus":"kept"},"spec":{"a":"x","l":[{"k":"x"}],"m":{"a/b":{"k":"x"}},"any":{"x":{},"s":5},"pu":{"u":{"v":1},"known":{"x":"a"}},"er":{"apiVersion":"v1","kind":"Pod","metadata":{"zz":1},"spec":{"x":"a"}}}}"""));
    }

    [Test]
    public void PruneNulls_NullThatIsNoValue_GoesUnlessItHasADefault()
    {
        JsonNode tree = SchemaOf.Tree("{spec: {a: null, nul: null, def: null, l: [null], m: {x: null}}}")!;
        SchemaPruner.PruneNulls(tree, Schema);
        Assert.That(tree.ToJsonString(), Is.EqualTo("""{"spec":{"nul":null,"def":null,"l":[null],"m":{}}}"""));
    }

    [Test]
    public void Default_MissingAndNull_AreFilledInBelowWhatExists()
    {
        JsonNode tree = SchemaOf.Tree("{spec: {def: null, l: [{}, {k: x}], m: {x: {}}}}")!;
        Assert.That(SchemaDefaulter.Default(tree, Schema), Is.True);
        Assert.That(tree.ToJsonString(), Is.EqualTo("""{"spec":{"def":"hello","l":[{"k":"one"},{"k":"x"}],"m":{"x":{"k":"two"}}}}"""));
    }

    [Test]
    public void Default_DefaultOfObject_IsFilledInItself()
    {
        StructuralSchema schema = SchemaOf.Properties("a: {type: object, default: {}, properties: {b: {type: object, default: {}, properties: {c: {type: integer, default: 5}}}}}");
        var tree = new JsonObject();
        SchemaDefaulter.Default(tree, schema);
        Assert.That(tree.ToJsonString(), Is.EqualTo("""{"a":{"b":{"c":5}}}"""));
        Assert.That(schema.Properties["a"].Default!.ToJsonString(), Is.EqualTo("{}"), "the default in the schema");
    }

    [TestCase("a: {type: string}", false)]
    [TestCase("a: {type: array, items: {type: object, properties: {x: {type: string, default: z}}}}", true)]
    public void HasDefaults_Schema_SaysWhetherThereIsAny(string properties, bool expected) =>
        Assert.That(SchemaDefaulter.HasDefaults(SchemaOf.Properties(properties)), Is.EqualTo(expected));

    [Test]
    public void Plan_CopyOfSchema_HasItsOwn()
    {
        StructuralSchema schema = SchemaOf.Properties("a: {type: string, default: x}");
        Assert.That(SchemaDefaulter.HasDefaults(schema), Is.True);
        Assert.That(SchemaDefaulter.HasDefaults(schema with { Properties = new Dictionary<string, StructuralSchema>() }), Is.False);
        Assert.That(SchemaDefaulter.HasDefaults(schema), Is.True);
    }

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public FsCheck.Property PruneAndDefault_ArbitraryTree_AreIdempotent() => Prop.ForAll(JsonTrees.Arbitrary, static tree =>
    {
        foreach (string name in Schema.Properties["spec"].Properties.Keys)
        {
            var root = new JsonObject { ["spec"] = new JsonObject { [name] = tree?.DeepClone() } };
            SchemaPruner.Prune(root, Schema);
            SchemaPruner.PruneNulls(root, Schema);
            JsonNode pruned = root.DeepClone();
            Assert.That(SchemaPruner.Prune(root, Schema), Is.Empty);
            SchemaPruner.PruneNulls(root, Schema);
            Assert.That(JsonNode.DeepEquals(root, pruned), Is.True);
            SchemaDefaulter.Default(root, Schema);
            JsonNode defaulted = root.DeepClone();
            Assert.That(SchemaDefaulter.Default(root, Schema), Is.False);
            Assert.That(JsonNode.DeepEquals(root, defaulted), Is.True);
            Assert.That(SchemaPruner.Prune(root, Schema), Is.Empty, "defaults are specified");
        }
    });
}
