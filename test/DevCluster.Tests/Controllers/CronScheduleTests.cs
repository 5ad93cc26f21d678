using FsCheck;
using FsCheck.Fluent;
using KubeFed.DevClusters.Controllers.CronJobs;

namespace KubeFed.DevClusters.Tests.Controllers;

[Parallelizable(ParallelScope.All)]
internal sealed class CronScheduleTests
{
    [TestCase("* * * * *", "2026-01-02T03:05:00Z")]
    [TestCase("*/15 * * * *", "2026-01-02T03:15:00Z")]
    [TestCase("0 0 * * *", "2026-01-03T00:00:00Z")]
    [TestCase("@hourly", "2026-01-02T04:00:00Z")]
    [TestCase("30 9 * * mon-fri", "2026-01-02T09:30:00Z")]
    [TestCase("0 12 * * 7", "2026-01-04T12:00:00Z")]
    [TestCase("0 0 13 * 5", "2026-01-09T00:00:00Z")]
    [TestCase("0 0 29 2 *", "2028-02-29T00:00:00Z")]
    [TestCase("5-10/5,20 4 1,15 feb,jun *", "2026-02-01T04:05:00Z")]
    public void Next_OfASchedule_IsTheFirstTimeAfter(string text, string expected)
    {
        Assert.That(CronSchedule.TryParse(text, null, out var schedule));
        Assert.That(schedule!.Next(Kube.Now), Is.EqualTo(DateTimeOffset.Parse(expected)));
    }

    [TestCase("")]
    [TestCase("* * * *")]
    [TestCase("60 * * * *")]
    [TestCase("*/0 * * * *")]
    [TestCase("5-1 * * * *")]
    [TestCase("1/2/3 * * * *")]
    [TestCase("x * * * *")]
    [TestCase("* * 0 * *")]
    public void TryParse_Malformed_IsRefused(string text) => Assert.That(CronSchedule.TryParse(text, null, out _), Is.False);

    [Test]
    public void TryParse_UnknownTimeZone_IsRefused() => Assert.That(CronSchedule.TryParse("* * * * *", "Middle/Earth", out _), Is.False);

    [Test]
    public void Next_Never_IsNull()
    {
        Assert.That(CronSchedule.TryParse("0 0 31 2 *", null, out var schedule));
        Assert.That(schedule!.Next(Kube.Now), Is.Null);
    }

    [Test]
    public void Latest_AfterALongPause_IsTheLastOne()
    {
        Assert.That(CronSchedule.TryParse("* * * * *", null, out var schedule));
        Assert.That(schedule!.Latest(Kube.Now.AddYears(-3), Kube.Now), Is.EqualTo(DateTimeOffset.Parse("2026-01-02T03:04:00Z")));
    }

    [FsCheck.NUnit.Property]
    public Property TryParse_AnyText_NeverThrows() => Prop.ForAll(
        Gen.ArrayOf(Gen.Elements("*", "/", "-", ",", "5", "61", " ", "mon", "?", "@daily", "x")).ToArbitrary(),
        static parts => CronSchedule.TryParse(string.Concat(parts), null, out var schedule) ? schedule!.Next(Kube.Now) is not { } next || next > Kube.Now : true);
}
