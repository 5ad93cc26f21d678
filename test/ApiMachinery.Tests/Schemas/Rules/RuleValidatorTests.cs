using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiMachinery.Schemas.Rules;
using KubeFed.ApiMachinery.Tests.Cel;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Tests.Schemas.Rules;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class RuleValidatorTests
{
    private static readonly ValidationRule Immutable = new() { Rule = "self == oldSelf", Message = "immutableId is immutable" };

    [Test]
    public void Validate_SchemaWithoutRules_IsValid()
    {
        RuleValidator validator = RuleValidator.For(Spec(("a", CelTesting.Int())));
        Assert.Multiple(() =>
        {
            Assert.That(validator.HasRules, Is.False);
            Assert.That(validator.Validate(new JsonObject()).IsValid, Is.True);
        });
    }

    [Test]
    public void For_SameSchema_CompilesOnce()
    {
        StructuralSchema schema = Spec(("a", With(CelTesting.Int(), "self > 0")));
        RuleValidator first = RuleValidator.For(schema);
        Assert.That(RuleValidator.For(schema), Is.SameAs(first));
    }

    [TestCase("""{"spec":{"a":1}}""", "")]
    [TestCase("""{"spec":{"a":0}}""", "spec.a: Invalid value: 0: failed rule: self > 0")]
    [TestCase("""{"spec":{"a":null}}""", "")]
    [TestCase("""{"spec":{}}""", "")]
    public void Validate_ScalarRule_ShowsValue(string self, string expected) =>
        Assert.That(Errors(Spec(("a", With(CelTesting.Int(), " self > 0 "))), self), Is.EqualTo(expected));

    [Test]
    public void Validate_ObjectRule_ShowsType() =>
        Assert.That(
            Errors(CelTesting.Object(("spec", With(CelTesting.Object(("a", CelTesting.Int()), ("b", CelTesting.Int())), "self.a < self.b"))), """{"spec":{"a":2,"b":1}}"""),
            Is.EqualTo("""spec: Invalid value: "object": failed rule: self.a < self.b"""));

    [Test]
    public void Validate_RootRule_SeesNameOnlyAndHasNoPath()
    {
        StructuralSchema schema = CelTesting.Object() with { Rules = [new ValidationRule { Rule = "self.metadata.name == 'x' && self.kind == 'K'" }] };
        Assert.Multiple(() =>
        {
            Assert.That(Errors(schema, """{"kind":"K","metadata":{"name":"x","uid":"1"}}"""), Is.Empty);
            Assert.That(
                Errors(schema, """{"kind":"K","metadata":{"name":"y"}}"""),
                Is.EqualTo("""<nil>: Invalid value: "object": failed rule: self.metadata.name == 'x' && self.kind == 'K'"""));
            RuleValidator labels = RuleValidator.For(CelTesting.Object() with { Rules = [new ValidationRule { Rule = "has(self.metadata.labels)" }] });
            Assert.That(labels.Check(FieldPath.Root("s")).ToString(), Does.Contain("undefined field 'labels'"));
        });
    }

    [TestCase("""{"spec":{"id":"y"}}""", null, "")]
    [TestCase("""{"spec":{"id":"y"}}""", """{"spec":{"id":"y"}}""", "")]
    [TestCase("""{"spec":{"id":"y"}}""", """{"spec":{"id":"x"}}""", """spec.id: Invalid value: "y": immutableId is immutable""")]
    [TestCase("""{"spec":{"id":"y"}}""", """{"spec":{}}""", "")]
    [TestCase("""{"spec":{}}""", """{"spec":{"id":"y"}}""", "")]
    public void Validate_TransitionRule_RunsWithOldValueOnly(string self, string? old, string expected) =>
        Assert.That(Errors(Spec(("id", CelTesting.Text() with { Rules = [Immutable] })), self, old), Is.EqualTo(expected));

    [TestCase("""{"spec":{"id":"y"}}""", null, """spec.id: Invalid value: "y": failed rule: oldSelf.hasValue()""")]
    [TestCase("""{"spec":{"id":"y"}}""", """{"spec":{"id":"x"}}""", "")]
    public void Validate_OptionalOldSelf_RunsAlways(string self, string? old, string expected)
    {
        var rule = new ValidationRule { Rule = "oldSelf.hasValue()", OptionalOldSelf = true };
        Assert.That(Errors(Spec(("id", CelTesting.Text() with { Rules = [rule] })), self, old), Is.EqualTo(expected));
    }

    [Test]
    public void Validate_ListOfTypeMap_CorrelatesByKeys()
    {
        StructuralSchema item = CelTesting.Object(("key", CelTesting.Text()), ("value", CelTesting.Int() with { Rules = [new ValidationRule { Rule = "self >= oldSelf" }] }));
        string self = """{"spec":{"l":[{"key":"b","value":1},{"key":"new","value":0},{"key":"a","value":1}]}}""";
        string old = """{"spec":{"l":[{"key":"a","value":1},{"key":"b","value":2}]}}""";
        Assert.Multiple(() =>
        {
            Assert.That(Errors(Spec(("l", CelTesting.ListOf(item, ListType.Map, "key"))), self, old), Is.EqualTo("spec.l[0].value: Invalid value: 1: failed rule: self >= oldSelf"));
            Assert.That(Errors(Spec(("l", CelTesting.ListOf(item))), self, old), Is.Empty);
        });
    }

    [Test]
    public void Validate_MapValues_CorrelateByKey()
    {
        StructuralSchema schema = Spec(("m", CelTesting.MapOf(CelTesting.Int() with { Rules = [new ValidationRule { Rule = "self >= oldSelf" }] })));
        Assert.That(
            Errors(schema, """{"spec":{"m":{"a/b":1,"c":2}}}""", """{"spec":{"m":{"a/b":2,"c":2}}}"""),
            Is.EqualTo("spec.m[a/b]: Invalid value: 1: failed rule: self >= oldSelf"));
    }

    [Test]
    public void Validate_UnchangedValue_OnlyWarns()
    {
        StructuralSchema schema = Spec(("a", With(CelTesting.Int(), "self > 0")), ("b", CelTesting.Int()), ("l", CelTesting.ListOf(With(CelTesting.Int(), "self > 0"))));
        RuleOutcome outcome = Validate(schema, """{"spec":{"a":0,"b":2,"l":[0]}}""", """{"spec":{"a":0,"b":1,"l":[0]}}""");
        Assert.Multiple(() =>
        {
            Assert.That(outcome.Errors, Is.Empty);
            Assert.That(outcome.Warnings, Is.EqualTo(new[] { "spec.a: Invalid value: 0: failed rule: self > 0", "spec.l[0]: Invalid value: 0: failed rule: self > 0" }));
            Assert.That(
                Errors(schema, """{"spec":{"a":0,"l":[0]}}""", """{"spec":{"a":-1,"l":[0,0]}}"""),
                Is.EqualTo("[spec.a: Invalid value: 0: failed rule: self > 0, spec.l[0]: Invalid value: 0: failed rule: self > 0]"));
        });
    }

    [TestCase(null, "FieldValueInvalid", "Invalid value: 0: m")]
    [TestCase("FieldValueForbidden", "FieldValueForbidden", "Forbidden: m")]
    [TestCase("FieldValueRequired", "FieldValueRequired", "Required value: m")]
    [TestCase("FieldValueDuplicate", "FieldValueDuplicate", "Duplicate value: 0")]
    public void Validate_Reason_IsThatOfCause(string? reason, string expected, string body)
    {
        var rule = new ValidationRule { Rule = "self > 0", Message = " m ", Reason = reason };
        FieldError error = Validate(Spec(("a", CelTesting.Int() with { Rules = [rule] })), """{"spec":{"a":0}}""").Errors[0];
        Assert.Multiple(() =>
        {
            Assert.That(error.ToCause().Reason, Is.EqualTo(expected));
            Assert.That(error.Body, Is.EqualTo(body));
        });
    }

    [TestCase("'a is ' + string(self.a)", "a is 0")]
    [TestCase("' '", "fallback")]
    [TestCase("'x\\ny'", "fallback")]
    [TestCase("self.b", "fallback")]
    public void Validate_MessageExpression_WinsIfItGivesText(string expression, string expected)
    {
        var rule = new ValidationRule { Rule = "self.a > 0", Message = "fallback", MessageExpression = expression };
        StructuralSchema spec = CelTesting.Object(("a", CelTesting.Int()), ("b", CelTesting.Text())) with { Rules = [rule] };
        Assert.That(Errors(CelTesting.Object(("spec", spec)), """{"spec":{"a":0}}"""), Is.EqualTo($"spec: Invalid value: \"object\": {expected}"));
    }

    [TestCase(null, "fallback")]
    [TestCase("""{"spec":{"a":-1}}""", "was -1")]
    public void Validate_MessageOfOldValue_RuleRunsWithoutToo(string? old, string expected)
    {
        var rule = new ValidationRule { Rule = "self.a > 0", Message = "fallback", MessageExpression = "'was ' + string(oldSelf.a)" };
        StructuralSchema spec = CelTesting.Object(("a", CelTesting.Int())) with { Rules = [rule] };
        Assert.That(Errors(CelTesting.Object(("spec", spec)), """{"spec":{"a":0}}""", old), Is.EqualTo($"spec: Invalid value: \"object\": {expected}"));
    }

    [Test]
    public void Validate_FieldPath_NamesFieldBelow()
    {
        var rule = new ValidationRule { Rule = "self.a > 0", FieldPath = ".m['x.y']" };
        StructuralSchema spec = CelTesting.Object(("a", CelTesting.Int()), ("m", CelTesting.MapOf(CelTesting.Int()))) with { Rules = [rule] };
        Assert.That(Errors(CelTesting.Object(("spec", spec)), """{"spec":{"a":0}}"""), Is.EqualTo("spec.m[x.y]: Invalid value: \"object\": failed rule: self.a > 0"));
    }

    [TestCase("self.b > 0", "no such key: b evaluating rule: self.b > 0")]
    [TestCase("self.a / 0 == 1", "division by zero evaluating rule: self.a / 0 == 1")]
    [TestCase("self.p + 1 == 2", "'no such overload': call arguments did not match a supported operator, function or macro signature for rule: self.p + 1 == 2")]
    public void Validate_FailureOfRule_SaysWhy(string rule, string expected)
    {
        StructuralSchema spec = CelTesting.Object(("a", CelTesting.Int()), ("b", CelTesting.Int()), ("p", new StructuralSchema { IntOrString = true }));
        Assert.That(Errors(CelTesting.Object(("spec", With(spec, rule))), """{"spec":{"a":0,"p":"x"}}"""), Is.EqualTo($"spec: Invalid value: \"object\": {expected}"));
    }

    [Test]
    public void Validate_ExpensiveRule_EndsValidation()
    {
        StructuralSchema spec = CelTesting.Object(("l", With(CelTesting.ListOf(CelTesting.Int()), "self.all(x, self.all(y, x == y))")), ("z", With(CelTesting.Int(), "self > 0")));
        string self = $$$"""{"spec":{"l":[{{{string.Join(',', Enumerable.Repeat("1", 2000))}}}],"z":0}}""";
        Assert.That(
            Errors(CelTesting.Object(("spec", spec)), self),
            Is.EqualTo("""spec.l: Invalid value: "array": 'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call cost exceeds limit for rule: self.all(x, self.all(y, x == y))"""));
    }

    [Test]
    public void Validate_ManyRules_EndsAtBudget()
    {
        StructuralSchema spec = CelTesting.Object(("l", CelTesting.ListOf(With(CelTesting.Int(), "self > 0"))));
        RuleOutcome outcome = RuleValidator.For(CelTesting.Object(("spec", spec)))
            .Validate(JsonNode.Parse($$$"""{"spec":{"l":[{{{string.Join(',', Enumerable.Repeat("1", 100))}}}]}}""")!, null, 100, 100);
        Assert.That(
            outcome.Errors.ToString(),
            Is.EqualTo("spec.l[50]: Invalid value: 1: validation failed due to running out of cost budget, no further validation rules will be run"));
    }

    [TestCase("self.x == 1", """rule: Invalid value: apiextensions.ValidationRule{Rule:"self.x == 1", Message:"", MessageExpression:"", Reason:(*apiextensions.FieldValueErrorReason)(nil), FieldPath:"", OptionalOldSelf:(*bool)(nil)}: compilation failed: ERROR: <input>:1:5: undefined field 'x'""")]
    [TestCase("self.a", "cel expression must evaluate to a bool")]
    [TestCase(" ", "rule: Required value: rule is not specified")]
    public void Check_BadRule_SaysWhere(string rule, string expected)
    {
        string errors = RuleValidator.For(CelTesting.Object(("spec", With(CelTesting.Object(("a", CelTesting.Int())), rule))))
            .Check(FieldPath.Root("spec").Child("validation").Child("openAPIV3Schema")).ToString();
        Assert.Multiple(() =>
        {
            Assert.That(errors, Does.StartWith("spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0]."));
            Assert.That(errors, Does.Contain(expected));
        });
    }

    [Test]
    public void Check_OtherFaults_AreNamed()
    {
        ValidationRule[] rules =
        [
            new() { Rule = "true", Message = "a\nb" },
            new() { Rule = "true", Reason = "Odd" },
            new() { Rule = "true", FieldPath = ".none" },
            new() { Rule = "true", MessageExpression = "1" },
            new() { Rule = "true", OptionalOldSelf = true },
        ];
        StructuralSchema schema = CelTesting.Object(
            ("spec", CelTesting.Object(("a", CelTesting.Int())) with { Rules = rules }),
            ("list", CelTesting.ListOf(CelTesting.Int() with { Rules = [Immutable] })),
            ("blob", new StructuralSchema { PreserveUnknownFields = true, Rules = [new ValidationRule { Rule = "true" }] }));
        string[] errors = [.. RuleValidator.For(schema).Check(FieldPath.Root("s")).Select(static e => e.ToString())];
        Assert.Multiple(() =>
        {
            Assert.That(errors, Has.Length.EqualTo(7));
            Assert.That(errors[0], Is.EqualTo("s.properties[blob].x-kubernetes-validations[0].rule: Invalid value: apiextensions.ValidationRule{Rule:\"true\", Message:\"\", MessageExpression:\"\", Reason:(*apiextensions.FieldValueErrorReason)(nil), FieldPath:\"\", OptionalOldSelf:(*bool)(nil)}: rule compiler initialization error: rule declared on schema that does not support validation rules type: '' x-kubernetes-preserve-unknown-fields: 'true'"));
            Assert.That(errors[1], Is.EqualTo("s.properties[list].items.x-kubernetes-validations[0].rule: Invalid value: \"self == oldSelf\": oldSelf cannot be used on the uncorrelatable portion of the schema within s.properties[list]"));
            Assert.That(errors[2], Is.EqualTo("s.properties[spec].x-kubernetes-validations[0].message: Invalid value: \"a\\nb\": message must not contain line breaks"));
            Assert.That(errors[3], Does.EndWith("[1].reason: Unsupported value: \"Odd\": supported values: \"FieldValueDuplicate\", \"FieldValueForbidden\", \"FieldValueInvalid\", \"FieldValueRequired\""));
            Assert.That(errors[4], Does.EndWith("[2].fieldPath: Invalid value: \".none\": fieldPath must be a valid path: does not refer to a valid field"));
            Assert.That(errors[5], Does.EndWith("messageExpression must evaluate to a string"));
            Assert.That(errors[6], Does.EndWith("[4].optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule"));
        });
    }

    private static StructuralSchema Spec(params (string Name, StructuralSchema Schema)[] fields) => CelTesting.Object(("spec", CelTesting.Object(fields)));

    private static StructuralSchema With(StructuralSchema schema, string rule) => schema with { Rules = [new ValidationRule { Rule = rule }] };

    private static RuleOutcome Validate(StructuralSchema schema, string self, string? old = null) =>
        RuleValidator.For(schema).Validate(JsonNode.Parse(self)!, old is null ? null : JsonNode.Parse(old));

    private static string Errors(StructuralSchema schema, string self, string? old = null) => Validate(schema, self, old).Errors.ToString();
}
