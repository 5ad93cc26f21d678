using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiMachinery.Tests.Objects;

[TestFixture]
public sealed class StringMapTests
{
    [FsCheck.NUnit.Property]
    public bool From_AnyPairs_IsTheDictionaryOfThem((string?, string?)[] pairs)
    {
        var model = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in pairs)
        {
            model[key ?? ""] = value ?? "";
        }

        var map = StringMap.From(pairs.Select(p => new KeyValuePair<string, string>(p.Item1 ?? "", p.Item2 ?? "")));

        return map.SequenceEqual(model)
            && model.All(p => map[p.Key] == p.Value)
            && !map.ContainsKey("\u0001 no such key")
            && map.Equals(StringMap.From(model.Reverse()))
            && map.GetHashCode() == StringMap.From(model.Reverse()).GetHashCode();
    }

    [Test]
    public void WithAndWithout_Key_GiveChangedCopies()
    {
        var map = StringMap.From([new("a", "1")]);

        Assert.Multiple(() =>
        {
            Assert.That(map.With("a", "2")["a"], Is.EqualTo("2"));
            Assert.That(map.Without("a"), Is.Empty);
            Assert.That(map.Without("b"), Is.SameAs(map));
            Assert.That(map["a"], Is.EqualTo("1"));
        });
    }
}
