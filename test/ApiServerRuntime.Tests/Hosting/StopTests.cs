using System.Collections.Concurrent;
using System.Net;
using KubeFed.ApiServerRuntime.Certificates;
using KubeFed.KubeClient.Certificates;
using KubeFed.TestSupport.Threading;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Hosting;

[TestFixture]
[CancelAfter(120_000)]
public sealed class StopTests
{
    private const string Watch = TestApi.Widgets + "?watch=1";

    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [Test]
    public async Task Stop_ClientKeepsItsHttp2Connection_ClosedAfterItsLastAnswer(CancellationToken cancellationToken)
    {
        await using TestApi api = await StartTlsAsync();
        await api.CreateAsync("a");
        using StayingHttp2Client client = await StayingHttp2Client.ConnectAsync(api.Server.Address, cancellationToken);
        int watch = await client.GetAsync(Watch, cancellationToken);
        await client.BegunAsync(watch, cancellationToken);
        var point = new SyncPoint();
        api.Store.Before = point.PassAsync;
        int list = await client.GetAsync(TestApi.Widgets, cancellationToken);
        await point.ReachedAsync();

        Task stopped = api.Server.StopAsync(cancellationToken);
        await client.ToldToGoAsync(cancellationToken);
        Assert.That((await client.EndedAsync(watch, cancellationToken)).Body, Does.StartWith("{\"type\":\"ADDED\"").And.EndWith("}\n"));
        point.Release();
        Assert.That((await client.EndedAsync(list, cancellationToken)).Ok, Is.True);
        await client.ClosedAsync(cancellationToken);
        await stopped;
    }

    [Test]
    public async Task Stop_RequestsOnTheirWay_AreAnsweredAndNewWatchesSentAway(CancellationToken cancellationToken)
    {
        await using TestApi api = await StartTlsAsync();
        using StayingHttp2Client client = await StayingHttp2Client.ConnectAsync(api.Server.Address, cancellationToken);
        int watch = await client.GetAsync(Watch, cancellationToken);
        await client.BegunAsync(watch, cancellationToken);
        var point = new SyncPoint();
        api.Store.Before = point.PassAsync;
        int held = await client.GetAsync(TestApi.Widgets, cancellationToken);
        await point.ReachedAsync();
        api.Store.Before = null;
        Task stopped = api.Server.StopAsync(cancellationToken);
        await client.EndedAsync(watch, cancellationToken);

        int late = await client.GetAsync(TestApi.Widgets, cancellationToken);
        int lateWatch = await client.GetAsync(Watch, cancellationToken);

        Assert.That((await client.EndedAsync(late, cancellationToken)).Ok, Is.True);
        Assert.That((await client.EndedAsync(lateWatch, cancellationToken)).Body, Does.Contain("\"code\":429").And.Contain("\"retryAfterSeconds\":1"));
        point.Release();
        Assert.That((await client.EndedAsync(held, cancellationToken)).Ok, Is.True);
        await stopped;
    }

    [Test]
    public async Task Stop_WatchesOverHttp11_EndCleanly(CancellationToken cancellationToken)
    {
        await using TestApi api = await TestApi.StartAsync();
        await api.CreateAsync("a");
        var readers = new List<StreamReader>();
        for (int i = 0; i < 10; i++)
        {
            HttpResponseMessage response =
                await api.Client.GetAsync(new Uri(Watch, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            readers.Add(new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken)));
        }

        Task stopped = api.Server.StopAsync(cancellationToken);

        foreach (StreamReader reader in readers)
        {
            Assert.That(await reader.ReadToEndAsync(cancellationToken), Does.StartWith("{\"type\":\"ADDED\"").And.EndWith("}\n"));
        }

        await stopped;
    }

    [Test]
    public async Task Stop_SteadyLoadOverHttp11_LosesNoRequest(CancellationToken cancellationToken)
    {
        var clock = new FakeClock();
        await using TestApi api = await TestApi.StartAsync(options => options with { ShutdownDelay = Long }, clock);
        var names = new ConcurrentQueue<string>();
        Task[] clients = [.. Enumerable.Range(0, 8).Select(i => WriteUntilToldToGoAsync(api, $"w{i}", names, cancellationToken))];
        await Eventually.HoldsAsync(() => names.Count >= 100, () => $"{names.Count} writes");
        Assert.That(clients, Has.All.Property(nameof(Task.IsCompleted)).False, "before the stop nobody is told to go");

        Task stopped = api.Server.StopAsync(cancellationToken);
        await Task.WhenAll(clients).WaitAsync(cancellationToken);
        await AdvanceUntilAsync(clock, stopped, cancellationToken);

        Assert.That(api.Store.Calls.Count(call => call.Verb == "create"), Is.EqualTo(names.Count));
    }

    [Test]
    public async Task Stop_RequestThatDoesNotEnd_IsCut(CancellationToken cancellationToken)
    {
        await using TestApi api = await TestApi.StartAsync(options => options with { DrainTimeout = TimeSpan.FromMilliseconds(300) });
        var point = new SyncPoint();
        api.Store.Before = point.PassAsync;
        Task<TestApi.Answer> request = api.GetAsync(TestApi.Widgets);
        await point.ReachedAsync();

        await api.Server.StopAsync(cancellationToken);

        Assert.That(async () => await request, Throws.InstanceOf<HttpRequestException>());
    }

    private static async Task<TestApi> StartTlsAsync()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        PemKeyPair authority = CertificateMaker.MakeAuthority("ca", now, TimeSpan.FromDays(1));
        PemKeyPair pair = CertificateMaker.IssueServer(authority, ["localhost", "127.0.0.1"], now, TimeSpan.FromDays(1));
        var certificate = new ServingCertificate(pair, TimeProvider.System, NullLogger.Instance);
        return await TestApi.StartAsync(options => options with { Tls = ServerTls.Handshake(certificate), DrainTimeout = Long });
    }

    // As a client behind a load balancer: told to go, it connects to another server.
    private static async Task WriteUntilToldToGoAsync(TestApi api, string prefix, ConcurrentQueue<string> names, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = api.Server.Address };
        for (int i = 0; ; i++)
        {
            string name = $"{prefix}-{i}";
            using var body = new StringContent(TestApi.WidgetJson(name), null, "application/json");
            using HttpResponseMessage answer = await client.PostAsync(new Uri(TestApi.Widgets, UriKind.Relative), body, cancellationToken);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            names.Enqueue(name);
            if (answer.Headers.ConnectionClose == true)
            {
                return;
            }
        }
    }

    private static async Task AdvanceUntilAsync(FakeClock clock, Task stopped, CancellationToken cancellationToken)
    {
        while (!stopped.IsCompleted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            clock.AdvanceToNextTimer(Long);
            await Task.Yield();
        }

        await stopped;
    }
}
