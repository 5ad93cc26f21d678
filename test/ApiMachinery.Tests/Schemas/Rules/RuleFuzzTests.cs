using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiMachinery.Schemas.Rules;
using KubeFed.ApiMachinery.Tests.Cel;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Tests.Schemas.Rules;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class RuleFuzzTests
{
    private static readonly RuleValidator Validator = RuleValidator.For(CelTesting.Object(
        ("metadata", With(CelTesting.Object(("name", CelTesting.Text())), "self.name.size() > 0")),
        ("x-y", With(CelTesting.ListOf(With(CelTesting.Object(("0", CelTesting.Text()), ("y", CelTesting.Int())), "self == oldSelf || self.y > 0"), ListType.Map, "y"), "self == self + self")),
        ("-", With(CelTesting.ListOf(With(CelTesting.Text(), "self.matches('^a')"), ListType.Set), "self.all(x, x in self)")),
        ("y", With(CelTesting.MapOf(With(CelTesting.Number(), "self > oldSelf")), "self.all(k, self[k] >= 0.0) && self == oldSelf")),
        ("a/b", With(CelTesting.Text("date-time"), "self.getFullYear() > 2000")),
        ("0", With(new StructuralSchema { IntOrString = true }, "self == oldSelf || type(self) == string"))) with
    {
        Rules = [new ValidationRule { Rule = "self == oldSelf || has(self.metadata.name)", MessageExpression = "'%s'.format([self.y])" }],
    });

    [Test]
    public void Check_Schema_Compiles() => Assert.That(Validator.Check(FieldPath.Root("s")).ToString(), Is.Empty);

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property Validate_AnyJson_ThrowsNothing()
    {
        Gen<JsonNode?> member = JsonTrees.Tree(3);
        Gen<JsonObject> objects = member.ArrayOf(6).Select(static m =>
        {
            var result = new JsonObject();
            foreach ((string name, JsonNode? value) in new[] { "metadata", "x-y", "-", "y", "a/b", "0" }.Zip(m))
            {
                result[name] = value?.DeepClone();
            }

            return result;
        });
        return Prop.ForAll(objects.Zip(objects).ToArbitrary(), static pair =>
        {
            RuleOutcome created = Validator.Validate(pair.Item1);
            RuleOutcome updated = Validator.Validate(pair.Item1, pair.Item2);
            RuleOutcome same = Validator.Validate(pair.Item1, pair.Item1.DeepClone());
            return created.Warnings.Count == 0 && updated.Errors.All(static e => e.ToString().Length > 0) && same.Errors.Count + same.Warnings.Count >= 0;
        });
    }

    private static StructuralSchema With(StructuralSchema schema, string rule) => schema with { Rules = [new ValidationRule { Rule = rule }] };
}
