using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Tests.Schemas;

/// <summary>What every write pays for a good object.</summary>
[TestFixture]
internal sealed class SchemaCostTests
{
    private static readonly StructuralSchema Schema = SchemaOf.Properties(
        """
        spec:
          type: object
          required: [items]
          properties:
            items: {type: array, maxItems: 1000, items: {type: object, required: [k], properties: {
              k: {type: string, maxLength: 20, enum: [aa, bb]}, p: {type: string, pattern: '^[a-z]+$'}, n: {type: integer, minimum: 0}, b: {type: boolean}}}}
        """);

    [Test]
    public void Validate_GoodObject_AllocatesOnlyToReadScalars()
    {
        const int Items = 500;
        JsonObject small = Tree(1), large = Tree(Items);
        long one = Allocated(() => SchemaValidator.Validate(small, null, Schema));
        long many = Allocated(() => SchemaValidator.Validate(large, null, Schema));
        Assert.That((many - one) / Items, Is.LessThanOrEqualTo(128), "bytes an item of four scalars");
    }

    [Test]
    public void Prune_GoodObject_AllocatesNoMoreForMore()
    {
        JsonObject small = Tree(1), large = Tree(500);
        long one = Allocated(() => SchemaPruner.Prune(small, Schema));
        long many = Allocated(() => SchemaPruner.Prune(large, Schema));
        Assert.That(many, Is.LessThanOrEqualTo(one + 256));
    }

    private static long Allocated(Func<object> work)
    {
        work();
        long best = long.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            best = Math.Min(best, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return best;
    }

    private static JsonObject Tree(int count) => new()
    {
        ["spec"] = new JsonObject
        {
            ["items"] = new JsonArray([.. Enumerable.Range(0, count).Select(static i => new JsonObject { ["k"] = "aa", ["p"] = "abc", ["n"] = (long)i, ["b"] = true })]),
        },
    };
}
