using FsCheck;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Apply;

namespace KubeFed.ApiMachinery.Tests.Apply;

/// <summary>Arbitrary field sets over few steps, so that two of them have much in common.</summary>
internal static class FieldSets
{
    private static readonly string[] Steps =
        ["f:a", "f:b", "f:spec", "f:é<", "f:", "f:\uffff", "f:😀", "k:{\"name\":\"x\"}", "k:{\"name\":\"y\",\"port\":80}", "v:\"a\"", "v:1", "v:1.5", "v:true", "i:0"];

    public static Arbitrary<FieldSet> Arbitrary { get; } = Gen.Elements(Steps).ListOf()
        .Select(path => path.Take(4).ToArray())
        .ListOf()
        .Select(paths => FieldSet.Of([.. paths.Where(p => p.Length > 0).Take(12)]))
        .ToArbitrary();

    public static Arbitrary<(FieldSet A, FieldSet B)> Pairs { get; } = Arbitrary.Generator.Two().Select(p => (p.Item1, p.Item2)).ToArbitrary();
}
