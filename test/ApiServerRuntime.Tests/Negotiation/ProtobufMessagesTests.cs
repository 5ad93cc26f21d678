using KubeFed.ApiServerRuntime.Negotiation.Protobuf;

namespace KubeFed.ApiServerRuntime.Tests.Negotiation;

public sealed class ProtobufMessagesTests
{
    [Test]
    public void All_MessagesThatFieldsHold_AreThere()
    {
        var missing = ProtobufMessages.All
            .SelectMany(static message => ProtobufMessages.Fields(message).Values, static (message, field) => (message, field))
            .Where(static pair => pair.field.Message is { } held && !ProtobufMessages.All.Contains(held))
            .Select(static pair => $"{pair.message}.{pair.field.Name}: {pair.field.Message}");

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void All_NamesOfFields_AreUniqueInTheirMessage()
    {
        var twice = ProtobufMessages.All.Where(static message =>
        {
            var names = NamesOf(message).ToList();
            return names.Distinct(StringComparer.Ordinal).Count() != names.Count;
        });

        Assert.That(twice, Is.Empty);
    }

    [TestCase("v1", "Pod", "v1/Pod")]
    [TestCase("batch/v1", "CronJob", "batch/v1/CronJob")]
    [TestCase("policy/v1beta1", "Eviction", "policy/v1beta1/Eviction")]
    [TestCase("policy/v1", "DeleteOptions", "meta/DeleteOptions")]
    [TestCase("autoscaling/v2", "HorizontalPodAutoscaler", "autoscaling/v2/HorizontalPodAutoscaler")]
    [TestCase("v1", "PodSpec", null)]
    [TestCase("meta", "Condition", null)]
    [TestCase("apps/v1", "Pod", null)]
    [TestCase("example.dev/v1", "Deployment", null)]
    public void Find_Kind_IsTheMessageOfItsVersion(string apiVersion, string kind, string? message) =>
        Assert.That(ProtobufMessages.Find(apiVersion, kind), Is.EqualTo(message));

    private static IEnumerable<string> NamesOf(string message) => ProtobufMessages.Fields(message).Values.SelectMany(static field =>
        field.Shape == ProtobufShape.Inline ? NamesOf(field.Message!) : [field.Name]);
}
