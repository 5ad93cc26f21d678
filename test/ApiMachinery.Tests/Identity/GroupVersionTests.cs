using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiMachinery.Tests.Identity;

[TestFixture]
public sealed class GroupVersionTests
{
    [TestCase("v1", "", "v1")]
    [TestCase("apps/v1", "apps", "v1")]
    [TestCase("/v1", "", "v1")]
    public void Parse_WellFormed_GivesGroupAndVersion(string text, string group, string version) =>
        Assert.That(GroupVersion.Parse(text), Is.EqualTo(new GroupVersion(group, version)));

    [TestCase("")]
    [TestCase("/")]
    [TestCase("apps/")]
    [TestCase("a/b/c")]
    [TestCase("//v1")]
    public void Parse_Malformed_SaysWhatIsExpected(string text) =>
        Assert.That(() => GroupVersion.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contains("expected VERSION or GROUP/VERSION"));

    [FsCheck.NUnit.Property]
    public bool TryParse_WhatIsTaken_PrintsAndParsesBack(string? text) =>
        !GroupVersion.TryParse(text, out var parsed) || GroupVersion.Parse(parsed.ToString()) == parsed;

    [Test]
    public void CompareTo_Names_OrdersByNamespaceThenName()
    {
        NamespacedName[] names = [new("b", "a"), new("a", "b"), new("a", "B"), NamespacedName.Cluster("z")];

        Assert.That(names.Order().Select(n => n.ToString()), Is.EqualTo(new[] { "z", "a/B", "a/b", "b/a" }));
    }
}
