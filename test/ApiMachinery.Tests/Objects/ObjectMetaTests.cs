using System.Text.Json;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiMachinery.Tests.Objects;

[TestFixture]
public sealed class ObjectMetaTests
{
    [Test]
    public void Write_Empty_WritesNoMember() => Assert.That(Write(ObjectMeta.Empty), Is.EqualTo("{}"));

    [Test]
    public void Write_Full_ReadsBackTheSame()
    {
        var meta = new ObjectMeta
        {
            Name = "a",
            GenerateName = "a-",
            Namespace = "ns",
            Uid = "u",
            ResourceVersion = "9007199254740993",
            Generation = 3,
            CreationTimestamp = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            DeletionTimestamp = new DateTimeOffset(2026, 1, 2, 3, 4, 6, TimeSpan.Zero),
            DeletionGracePeriodSeconds = 0,
            Labels = StringMap.From([new("k", "v")]),
            Annotations = StringMap.From([new("n", "<&>")]),
            Finalizers = ["f"],
            OwnerReferences = [new OwnerReference { ApiVersion = "v1", Kind = "B", Name = "b", Uid = "x", Controller = true }],
        };

        var read = JsonSerializer.Deserialize(Write(meta), ObjectMetaJsonContext.Default.ObjectMeta)!;

        Assert.That(Write(read), Is.EqualTo(Write(meta)));
        Assert.That(read.OwnerReferences, Is.EqualTo(meta.OwnerReferences));
        Assert.That(read.CreationTimestamp, Is.EqualTo(meta.CreationTimestamp));
    }

    [TestCase("""{"labels":null,"finalizers":null,"generation":null,"creationTimestamp":null}""")]
    [TestCase("""{"unknown":{"deep":[1]},"labels":{"a":null}}""")]
    public void Read_NullsAndUnknowns_AreTaken(string json) =>
        Assert.That(JsonSerializer.Deserialize(json, ObjectMetaJsonContext.Default.ObjectMeta)!.Finalizers, Is.Empty);

    [TestCase("2026-01-02T03:04:05Z")]
    [TestCase("2026-01-02T05:04:05+02:00")]
    [TestCase("2026-01-02T03:04:05.000000Z")]
    public void Read_Offsets_AreTakenAndWrittenInUtc(string text)
    {
        var meta = JsonSerializer.Deserialize($$"""{"creationTimestamp":"{{text}}"}""", ObjectMetaJsonContext.Default.ObjectMeta)!;

        Assert.That(Write(meta), Is.EqualTo("""{"creationTimestamp":"2026-01-02T03:04:05Z"}"""));
    }

    private static string Write(ObjectMeta meta) => JsonSerializer.Serialize(meta, ObjectMetaJsonContext.Default.ObjectMeta);
}
