using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Informers;

namespace KubeFed.KubeClient.Tests.Informers;

[Parallelizable(ParallelScope.All)]
public sealed class InformerTransformsTests
{
    [TestCase("""{"apiVersion":"v1","kind":"A","metadata":{"name":"a","managedFields":[{"manager":"m"}],"uid":"u"},"spec":{"managedFields":1}}""")]
    [TestCase("""{"apiVersion":"v1","kind":"A","metadata":{"managedFields":[{"manager":"m"}] , "name":"a"}}""")]
    [TestCase("""{"metadata":{"name":"a" , "managedFields":[] },"apiVersion":"v1","kind":"A"}""")]
    [TestCase("""{"metadata":{"managedFields":null},"apiVersion":"v1","kind":"A"}""")]
    [TestCase("""{"metadata":{"name":"a"},"apiVersion":"v1","kind":"A"}""")]
    [TestCase("""{"apiVersion":"v1","kind":"A"}""")]
    public void DropManagedFields_AnyShape_DropsJustThem(string json)
    {
        var value = Parse(json);
        var expected = value.ToNode();
        (expected["metadata"] as JsonObject)?.Remove("managedFields");
        var dropped = InformerTransforms.DropManagedFields(value);
        Assert.That(JsonNode.DeepEquals(dropped.ToNode(), expected), dropped.ToNode().ToJsonString());
    }

    [Test]
    public void DropManagedFields_None_IsTheSameObject()
    {
        var value = Parse("""{"apiVersion":"v1","kind":"A","metadata":{"name":"a"}}""");
        Assert.That(InformerTransforms.DropManagedFields(value), Is.SameAs(value));
    }

    [Test]
    public void MetadataEssentials_FullObject_KeepsWhatIdentifiesIt()
    {
        var value = Parse(
            """
            {"apiVersion":"v1","kind":"A","metadata":{"name":"a\"b","labels":{"x":"é"},"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}","k":"v"},
             "managedFields":[{"manager":"m"}],"ownerReferences":[{"apiVersion":"v1","kind":"B","name":"b","uid":"u"}]},"spec":{"x":1},"status":{}}
            """);
        Assert.That(
            JsonNode.DeepEquals(
                InformerTransforms.MetadataEssentials(value).ToNode(),
                JsonNode.Parse("""{"apiVersion":"v1","kind":"A","metadata":{"name":"a\"b","labels":{"x":"é"},"annotations":{"k":"v"},"ownerReferences":[{"apiVersion":"v1","kind":"B","name":"b","uid":"u"}]}}""")));
    }

    [TestCase("""{"apiVersion":"v1","kind":"A","metadata":{"name":"a","managedFields":[]},"spec":{"x":1},"status":{"n":[1,2.50]}}""", """{"apiVersion":"v1","kind":"A","metadata":{"name":"a"},"status":{"n":[1,2.50]}}""")]
    [TestCase("""{"apiVersion":"v1","kind":"A","metadata":{"name":"a"},"data":{}}""", """{"apiVersion":"v1","kind":"A","metadata":{"name":"a"}}""")]
    public void MetadataAndStatus_Object_KeepsTheStatusAsItWasWritten(string json, string expected) =>
        Assert.That(Encoding.UTF8.GetString(InformerTransforms.MetadataAndStatus(Parse(json)).Utf8Json.Span), Is.EqualTo(expected));

    [Test]
    public void Transforms_Metadata_IsNotDecodedAgain()
    {
        var value = Parse("""{"apiVersion":"v1","kind":"A","metadata":{"name":"a","annotations":{"k":"v"},"managedFields":[]}}""");
        Assert.That(InformerTransforms.DropManagedFields(value).Metadata, Is.SameAs(value.Metadata));
        Assert.That(InformerTransforms.MetadataEssentials(value).Metadata, Is.SameAs(value.Metadata));
    }

    [Test]
    public void MetadataEssentials_LastApplied_IsGoneFromTheDecodedMetadataToo()
    {
        var value = Parse(
            """{"apiVersion":"v1","kind":"A","metadata":{"name":"a","uid":"u","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}","k":"v"}}}""");
        var essentials = InformerTransforms.MetadataEssentials(value);
        Assert.That(essentials.Metadata.Annotations, Is.EqualTo(KubeObject.Parse(essentials.Utf8Json).Metadata.Annotations));
        Assert.That((essentials.Metadata.Name, essentials.Metadata.Uid, essentials.Metadata.Annotations.Count), Is.EqualTo(("a", "u", 1)));
    }

    private static KubeObject Parse(string json) => KubeObject.Parse(Encoding.UTF8.GetBytes(json));
}
