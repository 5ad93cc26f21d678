using System.Text;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Caching.Trees;

namespace KubeFed.ApiServerRuntime.Tests.Caching.Trees;

[Parallelizable(ParallelScope.All)]
public sealed class ObjectTreeTests
{
    private static readonly KubeObject Object = KubeObject.Parse(Encoding.UTF8.GetBytes("""{"kind":"Widget","apiVersion":"v1"}"""));

    private static CachedObject At(string key, long revision) => new(key, Object, revision);

    private static string Key(int number) => $"/g/p/ns{number % 3}/w{number:D5}";

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public void SetAndRemove_AnyOrder_EqualTheModelAndLeaveOldTreesAlone(int seed)
    {
        var random = new Random(seed);
        var keys = random.Next(1, 3000);
        var model = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var kept = new List<(ObjectTree Tree, KeyValuePair<string, long>[] Content)>();
        var tree = ObjectTree.Empty;
        var removes = random.NextDouble();
        for (var revision = 1L; revision < 3000; revision++)
        {
            var key = Key(random.Next(keys));
            if (random.NextDouble() < (revision < 1500 ? removes / 3 : removes))
            {
                tree = tree.Remove(key);
                model.Remove(key);
            }
            else
            {
                tree = tree.Set(At(key, revision));
                model[key] = revision;
            }

            if (revision % 500 == 0)
            {
                kept.Add((tree, [.. model]));
            }
        }

        foreach (var (old, content) in kept)
        {
            Assert.That(old.Range("/", null).Select(o => KeyValuePair.Create(o.Key, o.Revision)), Is.EqualTo(content));
            Assert.That(old.Count, Is.EqualTo(content.Length));
        }

        for (var i = 0; i < 50; i++)
        {
            CheckRange(tree, model, Key(random.Next(keys)), random.Next(4) == 0 ? null : Key(random.Next(keys)));
        }

        foreach (var key in model.Keys.ToList())
        {
            Assert.That(tree.Find(key)!.Revision, Is.EqualTo(model[key]));
            tree = tree.Remove(key);
        }

        Assert.That(tree.Count, Is.Zero);
        Assert.That(tree.Range("/", null), Is.Empty);
    }

    [FsCheck.NUnit.Property(MaxTest = 40)]
    public void FromSorted_AnyCount_EqualsOneByOne(FsCheck.NonNegativeInt size)
    {
        var count = size.Get * 37 % 5000;
        var objects = Enumerable.Range(0, count).Select(i => At($"/g/p/w{i:D5}", i)).ToList();
        var tree = ObjectTree.FromSorted(objects);
        Assert.That(tree.Range("/", null), Is.EqualTo(objects));
        Assert.That(tree.Count, Is.EqualTo(count));
        Assert.That(tree.CountRange("/g/p/w00100", "/g/p/w01000"), Is.EqualTo(Math.Clamp(count - 100, 0, 900)));
        foreach (var i in new[] { 0, 1, 31, 32, 383, 384, count - 1 }.Where(i => i >= 0 && i < count))
        {
            Assert.That(tree.Find($"/g/p/w{i:D5}"), Is.SameAs(objects[i]));
        }
    }

    [Test]
    public void Remove_KeyThatIsNotThere_IsTheSameTree()
    {
        var tree = ObjectTree.FromSorted([.. Enumerable.Range(0, 1000).Select(i => At($"/a/{i:D4}", 1))]);
        Assert.That(tree.Remove("/a/0500x"), Is.SameAs(tree));
        Assert.That(ObjectTree.Empty.Remove("/a"), Is.SameAs(ObjectTree.Empty));
    }

    private static void CheckRange(ObjectTree tree, SortedDictionary<string, long> model, string from, string? before)
    {
        var expected = model.Where(p => string.CompareOrdinal(p.Key, from) >= 0 && (before is null || string.CompareOrdinal(p.Key, before) < 0)).ToList();
        Assert.That(tree.Range(from, before).Select(o => KeyValuePair.Create(o.Key, o.Revision)), Is.EqualTo(expected), $"{from}..{before}");
        Assert.That(tree.CountRange(from, before), Is.EqualTo(expected.Count), $"{from}..{before}");
    }
}
