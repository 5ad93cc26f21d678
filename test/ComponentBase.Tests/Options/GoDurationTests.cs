using KubeFed.ComponentBase.Options;

namespace KubeFed.ComponentBase.Tests.Options;

[Parallelizable(ParallelScope.All)]
public class GoDurationTests
{
    [TestCase("0", 0)]
    [TestCase("+0", 0)]
    [TestCase("0s", 0)]
    [TestCase("5s", 5_000)]
    [TestCase("1478s", 1_478_000)]
    [TestCase("-5s", -5_000)]
    [TestCase("+5s", 5_000)]
    [TestCase("5.0s", 5_000)]
    [TestCase("5.6s", 5_600)]
    [TestCase("5.s", 5_000)]
    [TestCase(".5s", 500)]
    [TestCase("1.004s", 1_004)]
    [TestCase("100.00100s", 100_001)]
    [TestCase("14s500ms", 14_500)]
    [TestCase("3h30m", 12_600_000)]
    [TestCase("10.5s4m", 250_500)]
    [TestCase("-2m3.4s", -123_400)]
    [TestCase("1h2m3s4ms", 3_723_004)]
    [TestCase("39h9m14.425s", 140_954_425)]
    [TestCase("0.3333333333333333333h", 1_200_000, Description = "nineteen digits and more do not overflow")]
    public void TryParse_WhatGoReads_IsRead(string text, long milliseconds)
    {
        Assert.That(GoDuration.TryParse(text, out var duration), Is.True);
        Assert.That(duration.TotalMilliseconds, Is.EqualTo((double)milliseconds).Within(0.0002));
    }

    [TestCase("100ns", 1)]
    [TestCase("11us", 110)]
    [TestCase("12µs", 120)]
    [TestCase("12μs", 120)]
    [TestCase("99ns", 0)]
    [TestCase("9223372036854775807ns", 92_233_720_368_547_758)]
    public void TryParse_SmallUnits_GiveTicks(string text, long ticks) => Assert.That(GoDuration.Parse(text).Ticks, Is.EqualTo(ticks));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("3")]
    [TestCase("-")]
    [TestCase("s")]
    [TestCase(".")]
    [TestCase("-.")]
    [TestCase(".s")]
    [TestCase("+.s")]
    [TestCase("1d")]
    [TestCase("1 s")]
    [TestCase(" 1s")]
    [TestCase("1S")]
    [TestCase("--1s")]
    [TestCase("1s-")]
    [TestCase("1.2.3s")]
    [TestCase("3000000h")]
    [TestCase("9223372036854775808ns")]
    [TestCase("99999999999999999999999999999s")]
    [TestCase("9223372036854.775808s9223372036854.775808s")]
    public void TryParse_WhatGoRefuses_IsRefused(string? text) => Assert.That(GoDuration.TryParse(text, out _), Is.False);

    [TestCase("0s")]
    [TestCase("100ns")]
    [TestCase("1.1µs")]
    [TestCase("2.2ms")]
    [TestCase("3.3s")]
    [TestCase("4m5s")]
    [TestCase("4m5.001s")]
    [TestCase("5h6m7.001s")]
    [TestCase("8m0.0000001s")]
    [TestCase("2h0m0s")]
    [TestCase("-1m30s")]
    public void Format_AfterParse_GivesGosForm(string text) => Assert.That(GoDuration.Format(GoDuration.Parse(text)), Is.EqualTo(text));

    [Test]
    public void Parse_Malformed_SaysWhatADurationLooksLike() =>
        Assert.That(() => GoDuration.Parse("soon"), Throws.InstanceOf<FormatException>().With.Message.EqualTo("\"soon\" is not a duration such as 10s, 1m30s or 500ms"));

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public void Parse_OfFormat_GivesTheSame(long ticks)
    {
        var duration = TimeSpan.FromTicks(ticks % (long.MaxValue / 100));
        Assert.That(GoDuration.Parse(GoDuration.Format(duration)), Is.EqualTo(duration));
    }

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public void TryParse_AnyText_DoesNotThrow(string? text)
    {
        Assert.That(() => GoDuration.TryParse(text, out _), Throws.Nothing);
        Assert.That(() => GoDuration.TryParse($"1{text}", out _), Throws.Nothing);
        Assert.That(() => GoDuration.TryParse($"{text}s", out _), Throws.Nothing);
    }
}
