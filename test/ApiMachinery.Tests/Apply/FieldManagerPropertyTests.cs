using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Apply;
using KubeFed.ApiMachinery.Errors;

namespace KubeFed.ApiMachinery.Tests.Apply;

[TestFixture]
public sealed class FieldManagerPropertyTests
{
    private static readonly TypeNode Type = TypeCompiler.CompileRoot(Widgets.Schema);

    // The second apply may give content to whom the first left a bare container.
    [Test]
    public void Apply_Again_ChangesNothing() => Prop.ForAll(WidgetSpecs.Pairs, pair =>
    {
        var stored = new Stored().Update("u", pair.A).Apply("a", pair.B, force: true);
        var spec = stored.Spec;
        if (stored.Apply("a", pair.B).Spec != spec)
        {
            return false;
        }

        var before = stored.Object!.ToJsonString();
        return !stored.Apply("a", pair.B).Changed && stored.Object!.ToJsonString() == before;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Apply_ResultHoldsTheConfig() => Prop.ForAll(WidgetSpecs.Pairs, pair =>
    {
        var stored = new Stored().Update("u", pair.A).Apply("a", pair.B, force: true);
        var differences = Comparer.Compare(Type, Widgets.Of(pair.B), stored.Object);
        return differences.Removed.Intersect(FieldsOf.Config(Type, Widgets.Of(pair.B))).IsEmpty
            && differences.Modified.Intersect(FieldsOf.Config(Type, Widgets.Of(pair.B))).IsEmpty;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Apply_ThenNothing_RemovesWhatOnlyItOwned() => Prop.ForAll(WidgetSpecs.Pairs, pair =>
    {
        var alone = new Stored().Apply("b", pair.B);
        var both = new Stored().Apply("b", pair.B);
        both.Apply("a", pair.A, force: true);
        var taken = FieldsOf.Config(Type, Widgets.Of(pair.A));
        var kept = FieldsV1.Read(alone.Fields("b") is { Length: > 0 } text ? JsonNode.Parse(text) : null).Except(taken);
        both.Apply("a", "{}");
        var left = FieldsOf.All(Type, both.Object);
        var owned = FieldsOf.Config(Type, Widgets.Of(pair.B)).Leaves();
        var stayed = taken.Leaves().Except(owned).Intersect(FieldsOf.Config(Type, both.Object)).ToPaths();
        return both.Fields("a") == """{"f:spec":{}}""" && kept.Except(left).IsEmpty
            && stayed.All(path => IsIdentity(path) || owned.ToPaths().Any(container => IsBelow(path, container)));
    }).QuickCheckThrowOnFailure();

    // Who owns a container without content, as {} or [], becomes the owner of what others put in.
    [TestCase("{}")]
    [TestCase("""{"labels":{}}""")]
    public void Apply_IntoABareContainer_GivesTheContentToItsOwner(string bare)
    {
        var both = new Stored().Apply("b", bare);
        both.Apply("a", """{"labels":{"x":"y"}}""", force: true);

        both.Apply("a", "{}");

        Assert.That(both.Spec, Is.EqualTo("""{"labels":{"x":"y"}}"""));
        Assert.That(both.Fields("b"), Does.Contain("f:x"));
    }

    [Test]
    public void Apply_ByASecond_ConflictsOnWhatDiffers() => Prop.ForAll(WidgetSpecs.Pairs, pair =>
    {
        var stored = new Stored().Apply("a", pair.A);
        var merged = new Stored().Apply("a", pair.A).Apply("b", pair.B, force: true);
        var changed = Comparer.Compare(Type, stored.Object, merged.Object).Taken;
        var expected = FieldsOf.Config(Type, Widgets.Of(pair.A)).Intersect(changed).ToPaths();
        try
        {
            stored.Apply("b", pair.B);
            return expected.Count == 0;
        }
        catch (StatusException e)
        {
            return e.Status.Details!.Causes!.Select(c => c.Field).SequenceEqual(expected);
        }
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Update_Fields_AreThoseThatChanged() => Prop.ForAll(WidgetSpecs.Pairs, pair =>
    {
        var stored = new Stored().Update("a", pair.A);
        var differences = Comparer.Compare(Type, stored.Object, Widgets.Of(pair.B));
        stored.Update("b", pair.B);
        var fields = FieldsV1.Read(stored.Fields("b", "Update") is { Length: > 0 } text ? JsonNode.Parse(text) : null);
        return fields.Equals(differences.Taken.Except(UntrackedFields.Set));
    }).QuickCheckThrowOnFailure();

    private static bool IsIdentity(string path) => path.StartsWith(".metadata", StringComparison.Ordinal) || path is ".apiVersion" or ".kind";

    private static bool IsBelow(string path, string container) =>
        path.StartsWith($"{container}.", StringComparison.Ordinal) || path.StartsWith($"{container}[", StringComparison.Ordinal);
}
