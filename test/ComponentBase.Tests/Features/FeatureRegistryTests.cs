using KubeFed.ComponentBase.Features;

namespace KubeFed.ComponentBase.Tests.Features;

[Parallelizable(ParallelScope.All)]
public class FeatureRegistryTests
{
    private static readonly FeatureRegistry Registry = new(
        new FeatureSpec("A", FeatureStage.Alpha, false, "me", "A."),
        new FeatureSpec("B", FeatureStage.Beta, true, "me", "B."));

    [Test]
    public void With_Switches_ChangesJustThose()
    {
        var gates = Registry.With([new("A", true), new("A", false), new("B", false)], out var errors);
        Assert.That(errors, Is.Empty);
        Assert.That(gates.ToString(), Is.EqualTo("A=false,B=false"));
        Assert.That(Registry.Defaults.ToString(), Is.EqualTo("A=false,B=true"));
    }

    [Test]
    public void IsEnabled_Unknown_IsAFaultOfTheProgram() => Assert.That(() => Registry.Defaults.IsEnabled("C"), Throws.ArgumentException);

    [Test]
    public void Parse_UnknownAndNoneKnown_SaysSo()
    {
        new FeatureRegistry().Parse("C=true", out var errors);
        Assert.That(errors, Is.EqualTo(new[] { "unknown feature gate \"C\": known are none" }));
    }

    [FsCheck.NUnit.Property]
    public void Parse_AnyText_KeepsEveryFeature(string? text)
    {
        var gates = Registry.Parse(text ?? "", out _);
        Assert.That(gates.ToString(), Does.Match("^A=(true|false),B=(true|false)$"));
    }
}
