using KubeFed.ApiServerRuntime.Tables;

namespace KubeFed.ApiServerRuntime.Tests.Tables;

[TestFixture]
public sealed class HumanDurationTests
{
    [TestCase(-2, "<invalid>")]
    [TestCase(-1, "0s")]
    [TestCase(0, "0s")]
    [TestCase(1, "1s")]
    [TestCase(119, "119s")]
    [TestCase(120, "2m")]
    [TestCase(121, "2m1s")]
    [TestCase((9 * 60) + 59, "9m59s")]
    [TestCase(600, "10m")]
    [TestCase(10799, "179m")]
    [TestCase(10800, "3h")]
    [TestCase(10860, "3h1m")]
    [TestCase(28799, "7h59m")]
    [TestCase(28800, "8h")]
    [TestCase(172799, "47h")]
    [TestCase(172800, "2d")]
    [TestCase(176400, "2d1h")]
    [TestCase(691199, "7d23h")]
    [TestCase(691200, "8d")]
    [TestCase(63071999, "729d")]
    [TestCase(63072000, "2y")]
    [TestCase(63158400, "2y1d")]
    [TestCase(252287999, "7y364d")]
    [TestCase(252288000, "8y")]
    [TestCase(946080000, "30y")]
    public void Format_Seconds_IsKubectls(int seconds, string expected) =>
        Assert.That(HumanDuration.Format(TimeSpan.FromSeconds(seconds)), Is.EqualTo(expected));

    [FsCheck.NUnit.Property]
    public bool Format_AnyDuration_HasAtMostTwoUnits(long ticks) => HumanDuration.Format(TimeSpan.FromTicks(ticks)) is "<invalid>" or { Length: > 1 and < 13 };
}
