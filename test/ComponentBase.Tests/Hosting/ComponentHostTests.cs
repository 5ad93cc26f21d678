using System.Net;
using System.Net.Sockets;
using KubeFed.ComponentBase.Health;
using KubeFed.ComponentBase.Hosting;
using KubeFed.ComponentBase.Options;
using KubeFed.ComponentBase.Telemetry;
using KubeFed.ComponentBase.Tests.Telemetry;
using KubeFed.TestSupport.Logging;
using KubeFed.TestSupport.Time;

namespace KubeFed.ComponentBase.Tests.Hosting;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ComponentHostTests : IDisposable
{
    private static readonly ListenAddress AnyPort = new(IPAddress.Loopback, 0);

    private readonly FakeClock _clock = new();
    private readonly FakeSignals _signals = new();
    private readonly RecordingLogger _log = new();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _log.Dispose();
        _signals.Dispose();
    }

    [Test]
    public async Task RunAsync_Endpoints_AnswerOnTheirPorts()
    {
        using var telemetry = ComponentTelemetry.Start(new() { ServiceName = "test", Environment = _ => null });
        var health = new HealthChecks();
        health.Add(HealthCheck.Of("cache", () => false, "cold"), HealthProbes.Readyz);
        var options = Options() with { Health = health, Metrics = telemetry.Prometheus, HealthAddress = AnyPort, MetricsAddress = AnyPort };
        var code = await ComponentHost.RunAsync(options, async (host, token) =>
        {
            Assert.That(await GetAsync(host.HealthPort, "/healthz"), Is.EqualTo((200, "ok")));
            Assert.That(await GetAsync(host.HealthPort, "/livez?verbose"), Is.EqualTo((200, "[+]ping ok\nlivez check passed\n")));
            Assert.That(await GetAsync(host.HealthPort, "/readyz"), Is.EqualTo((500, "[+]ping ok\n[-]cache failed: reason withheld\nreadyz check failed\n")));
            Assert.That(await GetAsync(host.HealthPort, "/readyz?exclude=cache"), Is.EqualTo((200, "ok")));
            Assert.That(await GetAsync(host.HealthPort, "/readyz/ping"), Is.EqualTo((200, "ok")));
            Assert.That(await GetAsync(host.HealthPort, "/readyz/cache"), Is.EqualTo((500, "internal server error: cold\n")));
            Assert.That((await GetAsync(host.HealthPort, "/readyz/nope")).Code, Is.EqualTo(404));
            Assert.That((await GetAsync(host.HealthPort, "/metrics")).Code, Is.EqualTo(404));
            Assert.That((await GetAsync(host.MetricsPort, "/healthz")).Code, Is.EqualTo(404));
            using var response = await _http.GetAsync(new Uri($"http://127.0.0.1:{host.MetricsPort}/metrics"), token);
            Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo(PrometheusReader.ContentType));
            Assert.That(PrometheusText.Faults(await response.Content.ReadAsStringAsync(token)), Is.Empty);
        });
        Assert.That(code, Is.Zero, _log.ToString());
        Assert.That(_log.ToString(), Does.Contain("Health check cache of readyz failed: cold"));
    }

    [Test]
    public async Task RunAsync_SameAddress_ServesBothOnOnePort()
    {
        using var telemetry = ComponentTelemetry.Start(new() { ServiceName = "test", Environment = _ => null });
        var address = new ListenAddress(IPAddress.Loopback, FreePort());
        var options = Options() with { Metrics = telemetry.Prometheus, HealthAddress = address, MetricsAddress = address };
        var code = await ComponentHost.RunAsync(options, async (host, _) =>
        {
            Assert.That((host.HealthPort, host.MetricsPort), Is.EqualTo((address.Port, address.Port)));
            Assert.That((await GetAsync(address.Port, "/healthz")).Code, Is.EqualTo(200));
            Assert.That((await GetAsync(address.Port, "/metrics")).Code, Is.EqualTo(200));
        });
        Assert.That(code, Is.Zero, _log.ToString());
    }

    [Test]
    public async Task RunAsync_AddressTaken_SaysSoInOneSentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = new ListenAddress(IPAddress.Loopback, ((IPEndPoint)taken.LocalEndpoint).Port);
        var code = await ComponentHost.RunAsync(Options() with { HealthAddress = address }, (_, _) => Task.CompletedTask);
        Assert.That(code, Is.EqualTo(ComponentHost.ExitFailure));
        Assert.That(_log.ToString(), Does.Contain($"test cannot start: cannot listen on {address}: the address is already in use"));
    }

    [Test]
    public async Task RunAsync_Signal_CancelsTheWorkAndSucceeds()
    {
        var code = await ComponentHost.RunAsync(Options(), async (_, token) =>
        {
            _signals.Raise();
            await Task.Delay(Timeout.InfiniteTimeSpan, _clock, token);
        });
        Assert.That((code, _signals.ExitCode), Is.EqualTo((0, (int?)null)));
    }

    [Test]
    public async Task RunAsync_SecondSignal_EndsTheProcessAtOnce()
    {
        await ComponentHost.RunAsync(Options(), (_, _) =>
        {
            _signals.Raise();
            Assert.That(_signals.ExitCode, Is.Null);
            _signals.Raise();
            return Task.CompletedTask;
        });
        Assert.That(_signals.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_WorkIgnoresTheSignal_IsLeftAfterTheGracePeriod()
    {
        var working = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = ComponentHost.RunAsync(Options(), (_, _) =>
        {
            working.SetResult();
            return new TaskCompletionSource().Task;
        });
        await working.Task.WaitAsync(Eventually.Limit);
        _signals.Raise();
        await Eventually.HoldsAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(30));
                return run.IsCompleted;
            },
            () => _log.ToString());
        Assert.That(await run, Is.EqualTo(1));
        Assert.That(_log.ToString(), Does.Contain("test did not stop within"));
    }

    [Test]
    public async Task RunAsync_WorkThrows_FailsAndLogs()
    {
        var code = await ComponentHost.RunAsync(Options(), (_, _) => throw new InvalidOperationException("boom"));
        Assert.That(code, Is.EqualTo(1));
        Assert.That(_log.ToString(), Does.Contain("test failed").And.Contain("boom"));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<(int Code, string Body)> GetAsync(int port, string path)
    {
        using var response = await _http.GetAsync(new Uri($"http://127.0.0.1:{port}{path}"));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private ComponentHostOptions Options() => new() { Name = "test", Logging = _log, TimeProvider = _clock, Signals = _signals };
}
