using System.Text.Json.Nodes;
using KubeFed.DevClusters.Controllers.Machinery;

namespace KubeFed.DevClusters.Tests.Controllers;

[Parallelizable(ParallelScope.All)]
internal sealed class TemplateHashTests
{
    [Test]
    public void Of_OrderOfMembers_DoesNotMatter() => Assert.That(
        TemplateHash.Of(JsonNode.Parse("""{"a":1,"b":{"c":2,"d":[3]}}""")!),
        Is.EqualTo(TemplateHash.Of(JsonNode.Parse("""{"b":{"d":[3],"c":2},"a":1}""")!)));

    [Test]
    public void Of_CollisionOrOtherTemplate_Differs()
    {
        var template = JsonNode.Parse("""{"a":1}""")!;

        Assert.That(TemplateHash.Of(template, 1), Is.Not.EqualTo(TemplateHash.Of(template)));
        Assert.That(TemplateHash.Of(template), Does.Match("^[bcdfghjklmnpqrstvwxz2456789]{1,10}$"));
    }

    [Test]
    public void SameTemplate_OnlyTheHashDiffers_IsTheSame() => Assert.That(TemplateHash.SameTemplate(
        JsonNode.Parse("""{"metadata":{"labels":{"app":"web"}}}""")!,
        JsonNode.Parse("""{"metadata":{"labels":{"app":"web","pod-template-hash":"x"}}}""")!));
}
