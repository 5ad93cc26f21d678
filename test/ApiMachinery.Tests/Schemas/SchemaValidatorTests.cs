using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Tests.Schemas;

/// <summary>The texts are those of a kube-apiserver.</summary>
[TestFixture]
internal sealed class SchemaValidatorTests
{
    private static readonly StructuralSchema Spec = SchemaOf.Properties(
        """
        spec:
          type: object
          required: [req]
          properties:
            req: {type: string}
            i: {type: integer, minimum: 1, maximum: 2000000}
            ix: {type: integer, minimum: 1, exclusiveMinimum: true, multipleOf: 5}
            i32: {type: integer, format: int32}
            num: {type: number, minimum: 1.5, maximum: 10, exclusiveMaximum: true}
            s: {type: string, minLength: 2, maxLength: 4}
            p: {type: string, pattern: '^[a-z]+$'}
            e: {type: string, enum: [small, big]}
            ei: {type: integer, enum: [1, 2]}
            b: {type: boolean}
            dt: {type: string, format: date-time}
            l: {type: array, minItems: 1, maxItems: 2, items: {type: string, maxLength: 3}}
            set: {type: array, x-kubernetes-list-type: set, items: {type: string}}
            lm: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k, j],
                 items: {type: object, required: [k], properties: {k: {type: string}, j: {type: integer, default: 7}, v: {type: string, maxLength: 2}}}}
            m: {type: object, minProperties: 1, maxProperties: 2, additionalProperties: {type: integer}}
            ios: {x-kubernetes-int-or-string: true}
            nul: {type: string, nullable: true}
            one: {type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}
            any: {type: object, properties: {a: {type: string}, b: {type: string}}, anyOf: [{required: [a]}, {required: [b]}]}
            all: {type: object, properties: {a: {type: string}, b: {type: string}}, allOf: [{required: [a]}, {required: [b]}]}
            nt: {type: object, properties: {a: {type: string}}, not: {required: [a]}}
            er: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}
        """);

    [TestCase("{}", "spec.req: Required value")]
    [TestCase("{req: 5}", "spec.req: Invalid value: \"integer\": spec.req in body must be of type string: \"integer\"")]
    [TestCase("{req: x, i: 0}", "spec.i: Invalid value: 0: spec.i in body should be greater than or equal to 1")]
    [TestCase("{req: x, i: 3000000}", "spec.i: Invalid value: 3000000: spec.i in body should be less than or equal to 2000000")]
    [TestCase("{req: x, i: 1.5}", "spec.i: Invalid value: \"number\": spec.i in body must be of type integer: \"number\"")]
    [TestCase("{req: x, i: a}", "spec.i: Invalid value: \"string\": spec.i in body must be of type integer: \"string\"")]
    [TestCase("{req: x, ix: 1}",
        "spec.ix: Invalid value: 1: spec.ix in body should be a multiple of 5",
        "spec.ix: Invalid value: 1: spec.ix in body should be greater than 1")]
    [TestCase("{req: x, i32: true}", "spec.i32: Invalid value: \"boolean\": spec.i32 in body must be of type integer: \"boolean\"")]
    [TestCase("{req: x, num: 10}", "spec.num: Invalid value: 10: spec.num in body should be less than 10")]
    [TestCase("{req: x, num: 1.25}", "spec.num: Invalid value: 1.25: spec.num in body should be greater than or equal to 1.5")]
    [TestCase("{req: x, s: a}", "spec.s: Invalid value: \"a\": spec.s in body should be at least 2 chars long")]
    [TestCase("{req: x, s: abcde}", "spec.s: Too long: may not be more than 4 bytes")]
    [TestCase("{req: x, p: A1}", "spec.p: Invalid value: \"A1\": spec.p in body should match '^[a-z]+$'")]
    [TestCase("{req: x, e: huge}", "spec.e: Unsupported value: \"huge\": supported values: \"small\", \"big\"")]
    [TestCase("{req: x, e: 5}",
        "spec.e: Invalid value: \"integer\": spec.e in body must be of type string: \"integer\"",
        "spec.e: Unsupported value: 5: supported values: \"small\", \"big\"")]
    [TestCase("{req: x, ei: 3}", "spec.ei: Unsupported value: 3: supported values: \"1\", \"2\"")]
    [TestCase("{req: x, b: 'yes'}", "spec.b: Invalid value: \"string\": spec.b in body must be of type boolean: \"string\"")]
    [TestCase("{req: x, dt: nope}", "spec.dt: Invalid value: \"nope\": spec.dt in body must be of type date-time: \"nope\"")]
    [TestCase("{req: x, l: []}", "spec.l: Invalid value: 0: spec.l in body should have at least 1 items")]
    [TestCase("{req: x, l: [a, b, c]}", "spec.l: Too many: 3: must have at most 2 items")]
    [TestCase("{req: x, l: [a, abcd]}", "spec.l[1]: Too long: may not be more than 3 bytes")]
    [TestCase("{req: x, set: [a, b, a, a]}", "spec.set[2]: Duplicate value: \"a\"")]
    [TestCase("{req: x, lm: [{k: a}, {k: a}]}", "spec.lm[1]: Duplicate value: {\"j\":7,\"k\":\"a\"}")]
    [TestCase("{req: x, lm: [{k: a, j: 1}, {k: a}, {j: 2}]}", "spec.lm[2].k: Required value")]
    [TestCase("{req: x, m: {}}", "spec.m: Invalid value: 1: spec.m in body should have at least 1 properties")]
    [TestCase("{req: x, m: {a: 1, b: 2, c: 3}}", "spec.m: Too many: 3: must have at most 2 items")]
    [TestCase("{req: x, m: {'a.b/c': x}}", "spec.m.a.b/c: Invalid value: \"string\": spec.m.a.b/c in body must be of type integer: \"string\"")]
    [TestCase("{req: x, ios: true}", "spec.ios: Invalid value: \"boolean\": spec.ios in body must be of type integer,string: \"boolean\"")]
    [TestCase("{req: x, one: {}}",
        "<nil>: Invalid value: \"\": \"spec.one\" must validate one and only one schema (oneOf). Found none valid",
        "spec.one.a: Required value")]
    [TestCase("{req: x, one: {a: x, b: z}}",
        "<nil>: Invalid value: \"\": \"spec.one\" must validate one and only one schema (oneOf). Found 2 valid alternatives")]
    [TestCase("{req: x, any: {}}",
        "<nil>: Invalid value: \"\": \"spec.any\" must validate at least one schema (anyOf)",
        "spec.any.a: Required value")]
    [TestCase("{req: x, all: {}}",
        "spec.all.a: Required value",
        "spec.all.b: Required value",
        "<nil>: Invalid value: \"\": \"spec.all\" must validate all the schemas (allOf). None validated")]
    [TestCase("{req: x, all: {a: x}}",
        "spec.all.b: Required value",
        "<nil>: Invalid value: \"\": \"spec.all\" must validate all the schemas (allOf)")]
    [TestCase("{req: x, nt: {a: x}}", "<nil>: Invalid value: \"\": \"spec.nt\" must not validate the schema (not)")]
    [TestCase("{req: x, er: {}}",
        "spec.er.apiVersion: Required value: must not be empty",
        "spec.er.kind: Required value: must not be empty")]
    [TestCase("{req: x, er: {apiVersion: a/b/c, kind: Pod, metadata: {name: a/b}}}",
        "spec.er.apiVersion: Invalid value: \"a/b/c\": unexpected GroupVersion string: a/b/c",
        "spec.er.metadata.name: Invalid value: \"a/b\": may not contain '/'")]
    public void Validate_BadObject_SaysWhatTheApiServerSays(string spec, params string[] expected) =>
        Assert.That(Validate(spec).Select(static e => e.ToString()), Is.EqualTo(expected));

    [TestCase("{req: x, i: 2.0}")]
    [TestCase("{req: x, i32: 5000000000}")]
    [TestCase("{req: x, num: 1}")]
    [TestCase("{req: x, nul: null}")]
    [TestCase("{req: x, ios: 5, dt: '2020-01-02T03:04:05Z', p: abc, e: small, ei: 2, s: 'äöü', m: {a: 1}}")]
    [TestCase("{req: x, ios: a, set: [a, b], lm: [{k: a}, {k: a, j: 1}], one: {a: x}, any: {a: x, b: z}, all: {a: x, b: z}, nt: {}}")]
    [TestCase("{req: x, er: {apiVersion: v1, kind: Pod, anything: 1}}")]
    public void Validate_GoodObject_HasNoErrors(string spec) => Assert.That(Validate(spec), Is.Empty);

    [TestCase("{req: x, p: A1, i: 5}", "{req: x, p: A1, i: 6}", TestName = "Validate_UnchangedBadField_IsForgiven")]
    [TestCase("{req: x, lm: [{k: a, v: long}]}", "{req: x, lm: [{k: b, v: s}, {k: a, v: long}]}", TestName = "Validate_UnchangedBadItemOfMap_IsForgiven")]
    [TestCase("{req: x, l: [abcd]}", "{req: x, l: [abcd, a]}", TestName = "Validate_UnchangedBadItemAtItsPlace_IsForgiven")]
    [TestCase("{req: x, set: [a, a]}", "{req: x, set: [a, a, b]}", TestName = "Validate_SetStoredWithDuplicates_IsForgiven")]
    [TestCase("{req: x, m: {a: z}}", "{req: x, m: {a: z, b: 1}}", TestName = "Validate_UnchangedBadValueOfMap_IsForgiven")]
    [TestCase("{req: x, one: {}}", "{req: z, one: {}}", TestName = "Validate_UnchangedBranch_IsForgiven")]
    public void Validate_Ratchet(string old, string changed) => Assert.That(Validate(changed, old).Select(static e => e.ToString()), Is.Empty);

    [TestCase("{req: x, p: A1}", "{req: x, p: A2}")]
    [TestCase("{req: x, l: [abcd]}", "{req: x, l: [a, abcd]}")]
    [TestCase("{req: x, s: ab}", "{req: x, s: abcde}")]
    [TestCase("{req: x}", "{req: x, s: abcde}")]
    [TestCase("{req: x, l: [a, b, c]}", "{req: x, l: [a, b, c, d]}")]
    public void Validate_ChangedToBad_IsRefused(string old, string changed) => Assert.That(Validate(changed, old), Has.Count.EqualTo(1));

    [Test]
    public void RulesMayRun_DependsOnTheKindOfError()
    {
        Assert.That(SchemaValidator.RulesMayRun(Validate("{req: x, p: A1}")), Is.True);
        Assert.That(SchemaValidator.RulesMayRun(Validate("{}")), Is.False);
        Assert.That(SchemaValidator.RulesMayRun(Validate("{req: x, s: abcde}")), Is.False);
        Assert.That(
            SchemaValidator.RulesNotChecked.ToString(),
            Is.EqualTo("<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; "
                + "correct the existing errors to complete validation"));
    }

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public FsCheck.Property Validate_ArbitraryTree_NeverThrowsAndForgivesItself() => FsCheck.Fluent.Prop.ForAll(JsonTrees.Arbitrary, static tree =>
    {
        foreach (string name in Spec.Properties["spec"].Properties.Keys.Where(static n => n != "er"))
        {
            var root = new JsonObject { ["spec"] = new JsonObject { ["req"] = "x", [name] = tree?.DeepClone() } };
            SchemaValidator.Validate(root, null, Spec);
            Assert.That(SchemaValidator.Validate(root, root.DeepClone(), Spec), Is.Empty);
        }
    });

    private static FieldErrorList Validate(string spec, string? old = null)
    {
        JsonObject tree = Whole(spec);
        return SchemaValidator.Validate(tree, old is null ? null : Whole(old), Spec);
    }

    private static JsonObject Whole(string spec)
    {
        var tree = new JsonObject { ["apiVersion"] = "demo.example.dev/v1", ["kind"] = "Widget", ["spec"] = SchemaOf.Tree(spec) };
        SchemaDefaulter.Default(tree, Spec);
        return tree;
    }
}
