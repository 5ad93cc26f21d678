using System.Text.Json;
using KubeFed.ApiMachinery.Meta;
using KubeFed.FederationControllerManager.Sync;

namespace KubeFed.FederationControllerManager.Tests.Sync;

[TestFixture]
public sealed class DeleteOptionsAnnotationTests
{
    [Test]
    public void Read_PolicyAndGrace_AreTaken()
    {
        var options = DeleteOptionsAnnotation.Read("""{"propagationPolicy":"Orphan","gracePeriodSeconds":5}""");

        Assert.Multiple(() =>
        {
            Assert.That(options.PropagationPolicy, Is.EqualTo(PropagationPolicy.Orphan));
            Assert.That(options.GracePeriodSeconds, Is.EqualTo(5));
            Assert.That(options.PreconditionUid, Is.Null);
        });
    }

    [TestCase("nonsense")]
    [TestCase("[]")]
    [TestCase("""{"propagationPolicy":"orphan"}""")]
    [TestCase("""{"propagationPolicy":7}""")]
    [TestCase("""{"gracePeriodSeconds":-1}""")]
    [TestCase("""{"gracePeriodSeconds":"soon"}""")]
    public void Read_Malformed_SaysWhy(string text) =>
        Assert.That(() => DeleteOptionsAnnotation.Read(text), Throws.InstanceOf<JsonException>().With.Message.Not.Empty);

    [FsCheck.NUnit.Property]
    public bool Read_AnyText_GivesOptionsOrAReason(string? text)
    {
        try
        {
            return DeleteOptionsAnnotation.Read(text ?? "") is not null;
        }
        catch (JsonException)
        {
            return true;
        }
    }
}
