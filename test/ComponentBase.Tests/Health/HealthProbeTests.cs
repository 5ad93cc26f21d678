using KubeFed.ComponentBase.Health;
using KubeFed.TestSupport.Time;

namespace KubeFed.ComponentBase.Tests.Health;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class HealthProbeTests
{
    private readonly FakeClock _clock = new();
    private readonly HealthChecks _checks = new();

    [Test]
    public async Task RunAsync_AllWell_IsOk() => Assert.That((await RunAsync()).Body, Is.EqualTo("ok"));

    [Test]
    public async Task RunAsync_Verbose_ListsTheChecks()
    {
        _checks.Add(HealthCheck.Of("leader", () => true, "none"));
        Assert.That((await RunAsync(verbose: true)).Body, Is.EqualTo("[+]ping ok\n[+]leader ok\nreadyz check passed\n"));
    }

    [Test]
    public async Task RunAsync_Failures_AreListedWithoutTheirReasons()
    {
        _checks.Add(HealthCheck.Of("cache", () => false, "secret place"));
        _checks.Add(new HealthCheck("broken", _ => throw new InvalidOperationException("boom")));
        var report = await RunAsync();
        Assert.That(report.IsWell, Is.False);
        Assert.That(report.Body, Is.EqualTo("[+]ping ok\n[-]cache failed: reason withheld\n[-]broken failed: reason withheld\nreadyz check failed\n"));
        Assert.That(report.Failures, Is.EqualTo(new[] { ("cache", "secret place"), ("broken", "boom") }));
    }

    [Test]
    public async Task RunAsync_Excluded_IsNotAskedAndUnknownIsToldOf()
    {
        _checks.Add(HealthCheck.Of("cache", () => false, "cold"));
        var report = await RunAsync(verbose: true, "cache", "other");
        Assert.That(report.IsWell, Is.True);
        Assert.That(report.Body, Is.EqualTo(
            "[+]ping ok\n[+]cache excluded: ok\nwarn: some health checks cannot be excluded: no matches for \"other\"\nreadyz check passed\n"));
    }

    [Test]
    public async Task RunAsync_NoAnswer_FailsAfterFiveSeconds()
    {
        _checks.Add(new HealthCheck("stuck", async _ =>
        {
            await new TaskCompletionSource().Task;
            return null;
        }));
        var report = RunAsync();
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.That((await report.WaitAsync(Eventually.Limit)).Failures, Is.EqualTo(new[] { ("stuck", "no answer within 5 seconds") }));
    }

    [Test]
    public void For_AProbe_HasItsChecksOnly()
    {
        _checks.Add(HealthCheck.Of("a", () => true, ""), HealthProbes.Livez);
        _checks.Add(HealthCheck.Of("b", () => true, ""));
        Assert.That(_checks.For(HealthProbes.Livez).Select(check => check.Name), Is.EqualTo(new[] { "ping", "a" }));
        Assert.That(_checks.For(HealthProbes.Readyz).Select(check => check.Name), Is.EqualTo(new[] { "ping", "b" }));
    }

    [TestCase("ping")]
    [TestCase("a/b")]
    [TestCase("")]
    public void Add_TakenOrImpossibleName_IsRefused(string name) =>
        Assert.That(() => _checks.Add(HealthCheck.Of(name, () => true, "")), Throws.ArgumentException);

    private Task<HealthReport> RunAsync(bool verbose = false, params string[] exclude) =>
        HealthProbe.RunAsync("readyz", _checks.For(HealthProbes.Readyz), exclude, verbose, _clock, CancellationToken.None);
}
