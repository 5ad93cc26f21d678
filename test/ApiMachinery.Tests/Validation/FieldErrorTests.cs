using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Tests.Validation;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class FieldErrorTests
{
    private static readonly FieldPath Size = FieldPath.Root("spec").Child("size");

    public static IEnumerable<TestCaseData> Errors()
    {
        yield return Case(FieldError.NotSupported(Size, "huge", "small", "medium"), "spec.size: Unsupported value: \"huge\": supported values: \"small\", \"medium\"", "FieldValueNotSupported");
        yield return Case(FieldError.Required(Size), "spec.size: Required value", "FieldValueRequired");
        yield return Case(FieldError.Required(Size, "is required for apply patch"), "spec.size: Required value: is required for apply patch", "FieldValueRequired");
        yield return Case(FieldError.Invalid(Size, 0, "must be specified for an update"), "spec.size: Invalid value: 0: must be specified for an update", "FieldValueInvalid");
        yield return Case(FieldError.Invalid(Size, "a\"\n\u00a0\u200b", "x"), "spec.size: Invalid value: \"a\\\"\\n\\u00a0\\u200b\": x", "FieldValueInvalid");
        yield return Case(FieldError.Invalid(Size, true, "x"), "spec.size: Invalid value: true: x", "FieldValueInvalid");
        yield return Case(FieldError.Duplicate(Size, "a"), "spec.size: Duplicate value: \"a\"", "FieldValueDuplicate");
        yield return Case(FieldError.Duplicate(Size, FieldValue.From(JsonNode.Parse("{\"name\":\"a<é\"}"))), "spec.size: Duplicate value: {\"name\":\"a<é\"}", "FieldValueDuplicate");
        yield return Case(FieldError.Forbidden(Size, "may not be set"), "spec.size: Forbidden: may not be set", "FieldValueForbidden");
        yield return Case(FieldError.NotFound(Size, "a"), "spec.size: Not found: \"a\"", "FieldValueNotFound");
        yield return Case(FieldError.TypeInvalid(Size, "string", "must be of type integer"), "spec.size: Invalid value: \"string\": must be of type integer", "FieldValueTypeInvalid");
        yield return Case(FieldError.TooLong(Size, 64), "spec.size: Too long: may not be more than 64 bytes", "FieldValueTooLong");
        yield return Case(FieldError.TooShort(Size, 1), "spec.size: Too short: must be at least 1 character", "FieldValueTooShort");
        yield return Case(FieldError.TooMany(Size, 6, 5), "spec.size: Too many: 6: must have at most 5 items", "FieldValueTooMany");
        yield return Case(FieldError.TooFew(Size, 0, 1), "spec.size: Too few: 0: must have at least 1 item", "FieldValueTooFew");
        yield return Case(FieldError.Internal(Size, "boom"), "spec.size: Internal error: boom", "InternalError");
    }

    [TestCaseSource(nameof(Errors))]
    public void ToString_Error_IsKubernetesText(FieldError error, string text, string reason)
    {
        Assert.That(error.ToString(), Is.EqualTo(text));
        Assert.That(error.ToCause().Reason, Is.EqualTo(reason));
        Assert.That(error.ToCause().Field + ": " + error.ToCause().Message, Is.EqualTo(text));
    }

    [Test]
    public void FieldPath_Steps_PrintAsKubernetes()
    {
        FieldPath path = FieldPath.Root("spec").Child("ports").Index(0).Child("labels").Key("a/b").Key("c");

        Assert.That(path.ToString(), Is.EqualTo("spec.ports[0].labels[a/b][c]"));
    }

    [Test]
    public void FieldErrorList_Several_PrintsAsAListWithoutRepetition()
    {
        var errors = new FieldErrorList();
        Assert.That(errors.ToString(), Is.Empty);
        errors.Add(FieldError.Required(Size));
        Assert.That(errors.ToString(), Is.EqualTo("spec.size: Required value"));
        errors.AddRange([FieldError.Required(Size), FieldError.Forbidden(Size, "x")]);
        Assert.That(errors.ToString(), Is.EqualTo("[spec.size: Required value, spec.size: Forbidden: x]"));
        Assert.That(errors.ToCauses(), Has.Count.EqualTo(3));
    }

    private static TestCaseData Case(FieldError error, string text, string reason) => new TestCaseData(error, text, reason).SetArgDisplayNames(text);
}
