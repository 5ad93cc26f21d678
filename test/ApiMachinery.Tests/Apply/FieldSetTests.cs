using System.Text;
using FsCheck;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Apply;

namespace KubeFed.ApiMachinery.Tests.Apply;

[TestFixture]
public sealed class FieldSetTests
{
    [TestCase("""{}""", """{}""")]
    [TestCase("""{"f:b":{},"f:a":{"f:c":{},".":{}}}""", """{"f:a":{".":{},"f:c":{}},"f:b":{}}""")]
    [TestCase("""{"k:{\"port\":80,\"name\":\"x\"}":{}}""", """{"k:{\"name\":\"x\",\"port\":80}":{}}""")]
    [TestCase("""{"k:{ \"name\" : \"x\" }":{"f:y":{}},"k:{\"name\":\"x\"}":{".":{}}}""", """{"k:{\"name\":\"x\"}":{".":{},"f:y":{}}}""")]
    [TestCase("""{"v:1.0":{},"v:1":{}}""", """{"v:1":{}}""")]
    [TestCase("""{"x:new":{"f:a":{}},"f:a":{}}""", """{"f:a":{}}""")]
    [TestCase("""{".":{},"f:a":{}}""", """{"f:a":{}}""")]
    public void Read_Text_IsMadeCanonical(string text, string expected) =>
        Assert.That(FieldsV1.Read(Encoding.UTF8.GetBytes(text)).ToString(), Is.EqualTo(expected));

    [TestCase("[]")]
    [TestCase("""{"f:a":1}""")]
    [TestCase("""{"f":{}}""")]
    [TestCase("""{"k:1":{}}""")]
    [TestCase("""{"v:{":{}}""")]
    [TestCase("""{"i:-1":{}}""")]
    [TestCase("""{"f:a":{}""")]
    [TestCase("")]
    public void Read_Malformed_Fails(string text) =>
        Assert.Throws<FormatException>(() => FieldsV1.Read(Encoding.UTF8.GetBytes(text)));

    [Test]
    public void ToPaths_EveryKindOfStep_IsShown()
    {
        var set = FieldsV1.Read("""{"f:spec":{".":{},"f:ports":{"k:{\"name\":\"http\",\"port\":80}":{".":{},"f:x":{}}},"f:set":{"v:\"a\"":{},"v:2":{}},"f:list":{"i:3":{}}}}"""u8);
        Assert.That(set.ToPaths(), Is.EqualTo([
            ".spec", ".spec.list[3]", ".spec.ports[name=\"http\",port=80]", ".spec.ports[name=\"http\",port=80].x", ".spec.set[=\"a\"]", ".spec.set[=2]"]));
    }

    [Test]
    public void ExceptBelow_Member_TakesAllBelow()
    {
        var set = FieldsV1.Read("""{"f:status":{"f:a":{"f:b":{}}},"f:spec":{"f:c":{}}}"""u8);
        Assert.That(set.ExceptBelow(FieldSet.OfFields("status")).ToString(), Is.EqualTo("""{"f:spec":{"f:c":{}}}"""));
        Assert.That(set.Except(FieldSet.OfFields("status")), Is.EqualTo(set));
    }

    [Test]
    public void Write_Read_RoundTrips() => Prop.ForAll(FieldSets.Arbitrary, set =>
        FieldsV1.Read(FieldsV1.Write(set).Span).Equals(set) && FieldsV1.Read(set.ToNode()).Equals(set)).QuickCheckThrowOnFailure();

    [Test]
    public void Algebra_TwoSets_IsThatOfTheirPaths() => Prop.ForAll(FieldSets.Pairs, pair =>
    {
        var (a, b) = pair;
        var pa = a.ToPaths().ToHashSet(StringComparer.Ordinal);
        var pb = b.ToPaths().ToHashSet(StringComparer.Ordinal);
        return pa.Union(pb, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal).SetEquals(a.Union(b).ToPaths())
            && pa.Intersect(pb, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal).SetEquals(a.Intersect(b).ToPaths())
            && pa.Except(pb, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal).SetEquals(a.Except(b).ToPaths())
            && a.Union(b).Equals(b.Union(a))
            && a.Except(b).Union(a.Intersect(b)).Equals(a)
            && a.ExceptBelow(b).Except(a.Except(b)).IsEmpty
            && a.Count == pa.Count
            && a.Leaves().Except(a).IsEmpty;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Order_IsThatOfBytes() => Prop.ForAll(Words, Words, (a, b) =>
        Math.Sign(PathKey.Compare(a, b)) == Math.Sign(Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b))))
        .QuickCheckThrowOnFailure();

    private static Arbitrary<string> Words => Gen.Elements("a", "b", "é", "\ud7ff", "\ue000", "\uffff", "😀", "𐀀")
        .ListOf()
        .Select(string.Concat)
        .ToArbitrary();
}
