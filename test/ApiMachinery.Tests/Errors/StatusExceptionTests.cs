using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiMachinery.Tests.Errors;

[TestFixture]
public sealed class StatusExceptionTests
{
    private static readonly GroupResource Widgets = new("demo.example.dev", "widgets");

    [TestCaseSource(nameof(Messages))]
    public void Factory_Failure_HasTheServersWords(StatusException failure, int code, string message)
    {
        Assert.Multiple(() =>
        {
            Assert.That(failure.Message, Is.EqualTo(message));
            Assert.That(failure.Code, Is.EqualTo(code));
            Assert.That(failure.Status.Outcome, Is.EqualTo("Failure"));
        });
    }

    [Test]
    public void Predicates_ReasonWinsOverCode()
    {
        var exists = StatusErrors.AlreadyExists(Widgets, "a");

        Assert.Multiple(() =>
        {
            Assert.That(exists.IsAlreadyExists, Is.True);
            Assert.That(exists.IsConflict, Is.False);
            Assert.That(StatusErrors.Conflict(Widgets, "a", "x").IsConflict, Is.True);
            Assert.That(new StatusException(new Status { Code = 409 }).IsConflict, Is.True, "a bare code speaks where there is no reason");
            Assert.That(new StatusException(new Status { Code = 410 }).IsExpired, Is.True);
            Assert.That(StatusErrors.TooManyRequests("later", 7).RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(7)));
            Assert.That(StatusErrors.BadRequest("no").RetryAfter, Is.Null);
        });
    }

    [Test]
    public void HasCause_NullAmongTheCauses_IsPassedOver()
    {
        var status = System.Text.Json.JsonSerializer.Deserialize(
            """{"kind":"Status","code":403,"reason":"Forbidden","details":{"causes":[null,{"reason":"NamespaceTerminating"}]}}""",
            StatusJsonContext.Default.Status)!;

        Assert.That(new StatusException(status).IsNamespaceTerminating, Is.True);
    }

    private static IEnumerable<TestCaseData> Messages()
    {
        yield return new TestCaseData(StatusErrors.NotFound(Widgets, "a"), 404, "widgets.demo.example.dev \"a\" not found");
        yield return new TestCaseData(StatusErrors.AlreadyExists(Widgets, "a"), 409, "widgets.demo.example.dev \"a\" already exists");
        yield return new TestCaseData(
            StatusErrors.Conflict(Widgets, "a", "the object has been modified; please apply your changes to the latest version and try again"),
            409,
            "Operation cannot be fulfilled on widgets.demo.example.dev \"a\": the object has been modified; please apply your changes to the latest version and try again");
        yield return new TestCaseData(
            StatusErrors.MethodNotSupported(Widgets, "delete"), 405, "delete is not supported on resources of kind \"widgets.demo.example.dev\"");
        yield return new TestCaseData(
            StatusErrors.Invalid(new GroupKind("demo.example.dev", "Widget"), "x", [new StatusCause { Field = "spec.size", Message = "Required value" }]),
            422,
            "Widget.demo.example.dev \"x\" is invalid: spec.size: Required value");
        yield return new TestCaseData(
            StatusErrors.Invalid(
                new GroupKind("", "Pod"),
                "x",
                [new StatusCause { Field = "a", Message = "Required value" }, new StatusCause { Field = "b", Message = "Required value" }]),
            422,
            "Pod \"x\" is invalid: [a: Required value, b: Required value]");
    }
}
