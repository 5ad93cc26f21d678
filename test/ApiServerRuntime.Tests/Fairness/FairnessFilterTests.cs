using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Fairness;
using KubeFed.ApiServerRuntime.Requests;
using KubeFed.ApiServerRuntime.Tests.Hosting;
using KubeFed.TestSupport.Time;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Tests.Fairness;

[TestFixture, Parallelizable(ParallelScope.All)]
public class FairnessFilterTests
{
    [TestCase("GET", "/healthz", "system:anonymous", "system:unauthenticated", null)]
    [TestCase("GET", "/readyz/etcd", "x", "system:authenticated", null)]
    [TestCase("GET", "/healthzz", "x", "system:authenticated", "global-default")]
    [TestCase("GET", "/api/v1/pods", "root", "system:masters", null)]
    [TestCase("GET", "/api/v1/pods", "alice", "system:authenticated", "global-default")]
    [TestCase("GET", "/api/v1/pods", "system:anonymous", "system:unauthenticated", "catch-all")]
    [TestCase("GET", "/api/v1/pods", "system:serviceaccount:a:b", "system:serviceaccounts:a", "workload-high")]
    [TestCase("GET", "/api/v1/pods", "system:serviceaccount:kube-system:b", "system:serviceaccounts:kube-system", "system")]
    [TestCase("GET", "/api/v1/pods", "system:kube-controller-manager", "system:authenticated", "system")]
    [TestCase("GET", "/api/v1/pods", "node", "system:nodes", "system")]
    [TestCase("PUT", "/apis/coordination.k8s.io/v1/namespaces/a/leases/l", "system:serviceaccount:a:b", "system:serviceaccounts:a", "leader-election")]
    [TestCase("PUT", "/apis/coordination.k8s.io/v1/namespaces/a/leases/l", "alice", "system:authenticated", "global-default")]
    public void Find_AnyRequest_GivesItsLevel(string method, string path, string user, string group, string? level)
    {
        var levels = new PriorityLevels(new FairnessOptions(), new FakeClock(), null);
        var request = new ApiRequest(RequestInfoResolver.Resolve(method, path, new QueryCollection()), 0) { User = new UserInfo { Name = user, Groups = [group] } };
        Assert.That(levels.Find(request)?.Name, Is.EqualTo(level));
    }

    [Test]
    public void Seats_Defaults_AreSharedAsInKubernetes() =>
        Assert.That(new PriorityLevels(new FairnessOptions(), new FakeClock(), null).All.Select(level => level.Seats), Is.EqualTo(new[] { 58, 172, 229, 115, 29 }));

    [Test]
    public async Task Requests_OfANoisyUserFillTheLevel_OthersAndWatchesAreAnswered()
    {
        var filter = new FairnessFilter(
            new FairnessOptions { MaxRequestsInFlight = 1, MaxMutatingRequestsInFlight = 0, MaxQueuedPerUser = 0, QueueWait = TimeSpan.Zero }, TimeProvider.System);
        await using var api = await TestApi.StartAsync(options => options with { Limits = filter });
        await api.CreateAsync("one");
        using var watch = new HttpRequestMessage(HttpMethod.Get, TestApi.Widgets + "?watch=1");
        watch.Headers.Add("X-User", "noisy");
        using var stream = await api.Client.SendAsync(watch, HttpCompletionOption.ResponseHeadersRead);
        Assert.That((int)stream.StatusCode, Is.EqualTo(200));
        var afterWatch = await api.GetAsync(TestApi.Widgets, ("X-User", "noisy"));
        Assert.That(afterWatch.Code, Is.EqualTo(200), "the watch gave its seat back");

        var level = filter.Levels.GlobalDefault;
        await Eventually.HoldsAsync(() => level.Running == 0, () => $"{level.Running} seats are taken");
        await level.EnterAsync("noisy", default);
        var refused = await api.GetAsync(TestApi.Widgets, ("X-User", "noisy"));
        var account = await api.GetAsync(TestApi.Widgets, ("X-User", "system:serviceaccount:a:b"));
        level.Leave("noisy");
        Assert.Multiple(() =>
        {
            Assert.That(refused.Code, Is.EqualTo(429));
            Assert.That(refused.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
            Assert.That(refused.Text, Does.Contain("\"reason\":\"TooManyRequests\""));
            Assert.That(account.Code, Is.EqualTo(200));
        });
        await Eventually.HoldsAsync(() => filter.Levels.All.All(each => each.Running == 0), () => "a seat was not given back");
    }

    [Test]
    public void Create_SenselessLimits_IsRefused() =>
        Assert.That(() => new FairnessFilter(new FairnessOptions { MaxRequestsInFlight = 0, MaxMutatingRequestsInFlight = 0 }, TimeProvider.System), Throws.ArgumentException);
}
