using KubeFed.FederationApis.Serialization;

namespace KubeFed.FederationApis.Tests.Serialization;

public sealed class GoDurationTests
{
    [TestCase("0", 0)]
    [TestCase("20s", 20_000)]
    [TestCase("1m30s", 90_000)]
    [TestCase("1.5h", 5_400_000)]
    [TestCase("300ms", 300)]
    [TestCase("-1.5s", -1500)]
    [TestCase("+5s", 5000)]
    [TestCase(".5s", 500)]
    [TestCase("1.s", 1000)]
    [TestCase("2000us", 2)]
    [TestCase("2000µs", 2)]
    [TestCase("1h0m0s", 3_600_000)]
    [TestCase("1m1m", 120_000)]
    public void TryParse_Duration_IsRead(string text, double milliseconds)
    {
        Assert.That(GoDuration.TryParse(text, out var duration));
        Assert.That(duration.TotalMilliseconds, Is.EqualTo(milliseconds));
    }

    [TestCase("")]
    [TestCase(null)]
    [TestCase("20")]
    [TestCase("s")]
    [TestCase("-")]
    [TestCase(".s")]
    [TestCase("1d")]
    [TestCase("1.2.3s")]
    [TestCase("1 s")]
    [TestCase("1s ")]
    [TestCase("99999999999h")]
    [TestCase("9999999999999999999999999999999999s")]
    public void TryParse_NoDuration_IsFalse(string? text) => Assert.That(GoDuration.TryParse(text, out _), Is.False);

    [TestCase(0, "0s")]
    [TestCase(20_000, "20s")]
    [TestCase(60_000, "1m0s")]
    [TestCase(300_000, "5m0s")]
    [TestCase(3_600_000, "1h0m0s")]
    [TestCase(1500, "1.5s")]
    [TestCase(300, "300ms")]
    [TestCase(0.25, "250µs")]
    [TestCase(-1500, "-1.5s")]
    public void Format_Duration_IsGos(double milliseconds, string expected) =>
        Assert.That(GoDuration.Format(TimeSpan.FromMilliseconds(milliseconds)), Is.EqualTo(expected));

    [FsCheck.NUnit.Property]
    public bool Format_AnyDuration_ReadsBackTheSame(long ticks)
    {
        var duration = TimeSpan.FromTicks(ticks % (long.MaxValue / 100));
        return GoDuration.TryParse(GoDuration.Format(duration), out var parsed) && parsed == duration;
    }

    [FsCheck.NUnit.Property]
    public bool TryParse_AnyText_NeverThrows(string text) => GoDuration.TryParse(text, out _) || !GoDuration.TryParse(text, out _);
}
