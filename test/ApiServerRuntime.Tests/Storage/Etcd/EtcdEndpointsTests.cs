using KubeFed.ApiServerRuntime.Storage.Etcd;
using KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Etcd;

public sealed class EtcdEndpointsTests
{
    private static readonly GrpcException Down = new(GrpcStatusCode.Unavailable, "down");
    private static readonly GrpcException Late = new(GrpcStatusCode.DeadlineExceeded, "late");

    private readonly FakeTimeProvider _clock = new();

    [Test]
    public void Choose_MemberFails_TakesTheNextAndStaysWithIt()
    {
        var endpoints = New(3);
        Assert.That(Choose(endpoints), Is.EqualTo("a"));

        endpoints.Failed(endpoints.Choose([])!, Down, _clock.GetTimestamp());
        Assert.That(Choose(endpoints), Is.EqualTo("b"));
        endpoints.Succeeded(endpoints.Choose([])!);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.That(Choose(endpoints), Is.EqualTo("b"));
    }

    [Test]
    public void Choose_Tried_AreLeftOut()
    {
        var endpoints = New(2);
        var first = endpoints.Choose([])!;
        var second = endpoints.Choose([first])!;

        Assert.That((first.Address.Host, second.Address.Host, endpoints.Choose([first, second])), Is.EqualTo(("a", "b", default(EtcdEndpoint))));
    }

    [Test]
    public void Choose_AllDown_LetsOneCallThroughAtATimeAfterGrowingPauses()
    {
        var endpoints = New(1);
        var endpoint = endpoints.Choose([])!;
        endpoints.Failed(endpoint, Down, _clock.GetTimestamp());

        Assert.That(endpoints.Choose([]), Is.Not.Null, "the first probe is let through at once");
        Assert.That(endpoints.Choose([]), Is.Null, "a probe is under way");
        List<double> pauses = [];
        for (var i = 0; i < 7; i++)
        {
            _clock.Advance(TimeSpan.FromTicks(1));
            endpoints.Failed(endpoint, Down, _clock.GetTimestamp());
            var pause = 0;
            for (; endpoints.Choose([]) is null; pause += 100)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(100));
            }

            pauses.Add(pause);
        }

        Assert.That(pauses, Is.EqualTo([100, 200, 400, 800, 1600, 2000, 2000]));
        Assert.That(endpoints.LastError(), Is.SameAs(Down));
    }

    [Test]
    public void Failed_ManyCallsOfOneOutage_CountOnce()
    {
        var endpoints = New(1);
        var endpoint = endpoints.Choose([])!;
        var started = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 50; i++)
        {
            endpoints.Failed(endpoint, Down, started);
        }

        Assert.That(endpoints.Choose([]), Is.Not.Null);
    }

    [Test]
    public void Failed_LateButOthersWereAnsweredSince_StaysUp()
    {
        var endpoints = New(2);
        var endpoint = endpoints.Choose([])!;
        var started = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(1));
        endpoints.Succeeded(endpoint);
        endpoints.Failed(endpoint, Late, started);
        Assert.That(Choose(endpoints), Is.EqualTo("a"));

        _clock.Advance(TimeSpan.FromSeconds(1));
        endpoints.Failed(endpoint, Late, _clock.GetTimestamp());
        Assert.That(Choose(endpoints), Is.EqualTo("b"));
    }

    [Test]
    public void Abandoned_Probe_LetsTheNextThrough()
    {
        var endpoints = New(1);
        endpoints.Failed(endpoints.Choose([])!, Down, _clock.GetTimestamp());
        var probe = endpoints.Choose([])!;

        endpoints.Abandoned(probe);

        Assert.That(endpoints.Choose([]), Is.SameAs(probe));
    }

    private static string? Choose(EtcdEndpoints endpoints) => endpoints.Choose([])?.Address.Host;

    private EtcdEndpoints New(int count) =>
        new(Enumerable.Range(0, count).Select(i => new Uri($"http://{(char)('a' + i)}:2379")), _clock, NullLogger.Instance);
}
