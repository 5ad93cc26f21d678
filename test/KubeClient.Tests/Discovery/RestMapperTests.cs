using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Discovery;
using KubeFed.TestSupport.Time;

namespace KubeFed.KubeClient.Tests.Discovery;

public sealed class RestMapperTests
{
    private static readonly ApiResource[] Served =
    [
        Make("", "v1", "pods", "Pod", true, "po"),
        Make("", "v1", "events", "Event", true, "ev"),
        Make("events.k8s.io", "v1", "events", "Event", true, "ev"),
        Make("apps", "v1", "deployments", "Deployment", true, "deploy"),
        Make("apps", "v1beta1", "deployments", "Deployment", false, "deploy"),
        Make("extensions", "v1beta1", "ingresses", "Ingress", true, "ing"),
        Make("networking.k8s.io", "v1", "ingresses", "Ingress", true, "ing"),
        Make("networking.k8s.io", "v1beta1", "ingresses", "Ingress", false, "ing"),
        Make("batch", "v1beta1", "cronjobs", "CronJob", false, "cj"),
        Make("example.com", "v1", "po", "Post", true, "pods"),
        Make("metrics.k8s.io", "v1beta1", "pods", "PodMetrics", true),
    ];

    [TestCase("pods", "v1, Resource=pods")]
    [TestCase("POD", "v1, Resource=pods")]
    [TestCase("ev", "v1, Resource=events")]
    [TestCase("events", "v1, Resource=events")]
    [TestCase("events.events.k8s.io", "events.k8s.io/v1, Resource=events")]
    [TestCase("events.v1.", "v1, Resource=events")]
    [TestCase("events.v1", "v1, Resource=events")]
    [TestCase("deployments", "apps/v1, Resource=deployments")]
    [TestCase("Deployment", "apps/v1, Resource=deployments")]
    [TestCase("deploy", "apps/v1, Resource=deployments")]
    [TestCase("deploy.apps", "apps/v1, Resource=deployments")]
    [TestCase("deployments.ap", "apps/v1, Resource=deployments")]
    [TestCase("deployments.v1beta1.apps", "apps/v1beta1, Resource=deployments")]
    [TestCase("Deployment.v1.apps", "apps/v1, Resource=deployments")]
    [TestCase("ingress.networking.k8s.io", "networking.k8s.io/v1, Resource=ingresses")]
    [TestCase("ing.v1beta1.networking.k8s.io", "networking.k8s.io/v1beta1, Resource=ingresses")]
    [TestCase("cj", "batch/v1beta1, Resource=cronjobs")]
    [TestCase("po", "example.com/v1, Resource=po")]
    [TestCase("podmetrics", "metrics.k8s.io/v1beta1, Resource=pods")]
    [TestCase("pods.metrics.k8s.io", "metrics.k8s.io/v1beta1, Resource=pods")]
    public async Task Resolve_WhatPeopleType_IsFound(string name, string resource)
    {
        var found = await new RestMapper(new FakeDiscovery(Served)).ResolveAsync(name);

        Assert.That(found.Resource.ToString(), Is.EqualTo(resource));
    }

    [Test]
    public async Task Resolve_SeveralGroups_NamesThem()
    {
        var mapper = new RestMapper(new FakeDiscovery(Served));

        var e = await Assert.ThrowsAsync<AmbiguousResourceException>(async () => await mapper.ResolveAsync("ing"));

        Assert.That(e!.Candidates, Is.EqualTo(new[] { "ingresses.extensions", "ingresses.networking.k8s.io" }));
    }

    [TestCase("")]
    [TestCase(".")]
    [TestCase("...")]
    [TestCase("widgets")]
    [TestCase("pods.v2")]
    [TestCase("pods.apps")]
    public async Task Resolve_Unknown_SaysSo(string name)
    {
        var mapper = new RestMapper(new FakeDiscovery(Served));

        var e = await Assert.ThrowsAsync<ResourceNotFoundException>(async () => await mapper.ResolveAsync(name));

        Assert.That(e!.Message, Is.EqualTo($"the server doesn't have a resource type \"{name}\""));
    }

    [Test]
    public async Task Resolve_Miss_ReadsAnewAtMostEveryFiveSeconds()
    {
        var (clock, discovery) = (new FakeClock(), new FakeDiscovery(Served));
        var mapper = new RestMapper(discovery, clock);
        await mapper.ResolveAsync("pods");
        discovery.Resources = [.. Served, Make("example.com", "v1", "widgets", "Widget", true)];

        await Assert.ThrowsAsync<ResourceNotFoundException>(async () => await mapper.ResolveAsync("widgets"));
        Assert.That(discovery.Count, Is.EqualTo(1));
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.That((await mapper.ResolveAsync("widgets")).Kind.Kind, Is.EqualTo("Widget"));
        Assert.That(discovery.Count, Is.EqualTo(2));
    }

    [Test]
    public async Task Find_ManyAtOnce_ReadOnce()
    {
        var discovery = new FakeDiscovery(Served) { Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) };
        var mapper = new RestMapper(discovery, new FakeClock());

        var calls = Enumerable.Range(0, 50).Select(_ => mapper.FindKindAsync(new GroupVersionKind("", "v1", "Pod"))).ToArray();
        discovery.Gate.SetResult();
        var found = await Task.WhenAll(calls);

        Assert.That(found.Select(f => f!.Resource.Resource).Distinct(), Is.EqualTo(new[] { "pods" }));
        Assert.That(discovery.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task Find_VersionThatFailsNow_KeepsWhatWasKnown()
    {
        var (clock, discovery) = (new FakeClock(), new FakeDiscovery(Served));
        var mapper = new RestMapper(discovery, clock);
        await mapper.ResolveAsync("pods");
        discovery.Resources = [.. Served.Where(r => r.Resource.Group != "metrics.k8s.io")];
        discovery.Failures = new() { [new GroupVersion("metrics.k8s.io", "v1beta1")] = "down" };
        clock.Advance(TimeSpan.FromMinutes(11));

        Assert.That(await mapper.FindKindAsync(new GroupVersionKind("metrics.k8s.io", "v1beta1", "PodMetrics")), Is.Not.Null);
        Assert.That(discovery.Count, Is.EqualTo(2));
    }

    [Test]
    public async Task Find_VersionThatCouldNotBeRead_IsNoAnswer()
    {
        var discovery = new FakeDiscovery(Served) { Failures = new() { [new GroupVersion("broken", "v1")] = "down" } };
        var mapper = new RestMapper(discovery, new FakeClock());

        var e = await Assert.ThrowsAsync<StatusException>(async () => await mapper.FindKindAsync(new GroupVersionKind("broken", "v1", "Thing")));

        Assert.That(e!.IsServiceUnavailable, Is.True);
        Assert.That(await mapper.FindKindAsync(new GroupVersionKind("absent", "v1", "Thing")), Is.Null);
    }

    [Test]
    public async Task Find_FirstReadingFails_NextOneTriesAgain()
    {
        var discovery = new FakeDiscovery(Served) { Error = new HttpRequestException("down") };
        var mapper = new RestMapper(discovery, new FakeClock());

        await Assert.ThrowsAsync<HttpRequestException>(async () => await mapper.ResolveAsync("pods"));
        discovery.Error = null;

        Assert.That((await mapper.ResolveAsync("pods")).Kind.Kind, Is.EqualTo("Pod"));
    }

    [Test]
    public async Task Find_RefreshFails_AnswersFromWhatIsKnownAndTriesAgainLater()
    {
        var (clock, discovery) = (new FakeClock(), new FakeDiscovery(Served));
        var mapper = new RestMapper(discovery, clock);
        await mapper.ResolveAsync("pods");
        discovery.Error = new HttpRequestException("down");
        clock.Advance(TimeSpan.FromMinutes(11));

        Assert.That((await mapper.ResolveAsync("pods")).Kind.Kind, Is.EqualTo("Pod"));
        Assert.That((await mapper.ListPreferredAsync()).Count, Is.GreaterThan(0));
        Assert.That(discovery.Count, Is.EqualTo(2), "a failure is not repeated at every lookup");
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.That((await mapper.ResolveAsync("pods")).Kind.Kind, Is.EqualTo("Pod"));
        Assert.That(discovery.Count, Is.EqualTo(3));
    }

    [Test]
    public async Task Find_RefreshFails_WhatIsNotKnownIsNoAnswer()
    {
        var (clock, discovery) = (new FakeClock(), new FakeDiscovery(Served));
        var mapper = new RestMapper(discovery, clock);
        await mapper.ResolveAsync("pods");
        discovery.Error = new HttpRequestException("down");
        clock.Advance(TimeSpan.FromMinutes(11));

        await Assert.ThrowsAsync<HttpRequestException>(async () => await mapper.ResolveAsync("widgets"));
    }

    [Test]
    public async Task Invalidate_DuringAReading_DropsItsResult()
    {
        var discovery = new FakeDiscovery(Served) { Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) };
        var mapper = new RestMapper(discovery, new FakeClock());
        var early = mapper.ListPreferredAsync();

        mapper.Invalidate();
        discovery.Gate.SetResult();
        await early;
        discovery.Resources = [];

        Assert.That(await mapper.ListPreferredAsync(), Is.Empty);
    }

    [Test]
    public async Task ListPreferred_ResourcesOfSeveralVersions_AppearOnce()
    {
        var list = await new RestMapper(new FakeDiscovery(Served)).ListPreferredAsync();

        Assert.That(list.Select(r => r.Resource.GroupResource).Distinct().Count(), Is.EqualTo(list.Count));
        Assert.That(list.Single(r => r.Kind.Kind == "Deployment").Resource.Version, Is.EqualTo("v1"));
        Assert.That(list.Single(r => r.Kind.Kind == "CronJob").Resource.Version, Is.EqualTo("v1beta1"));
    }

    [Test]
    public async Task FindResource_Known_GivesItsKind()
    {
        var mapper = new RestMapper(new FakeDiscovery(Served));

        var found = await mapper.FindResourceAsync(new GroupVersionResource("apps", "v1beta1", "deployments"));

        Assert.That(found!.Kind, Is.EqualTo(new GroupVersionKind("apps", "v1beta1", "Deployment")));
    }

    private static ApiResource Make(string group, string version, string plural, string kind, bool preferred, params string[] shortNames) => new()
    {
        Resource = new GroupVersionResource(group, version, plural),
        Kind = new GroupVersionKind(group, version, kind),
        Scope = ResourceScope.Namespaced,
        ShortNames = shortNames,
        Verbs = ["list"],
        IsPreferredVersion = preferred,
    };

    private sealed class FakeDiscovery(ApiResource[] resources) : IDiscoveryClient
    {
        private int _count;

        public ApiResource[] Resources { get; set; } = resources;

        public Dictionary<GroupVersion, string> Failures { get; set; } = [];

        public Exception? Error { get; set; }

        public TaskCompletionSource? Gate { get; init; }

        public int Count => _count;

        public Task<ServerVersion> GetVersionAsync(CancellationToken cancellationToken = default) =>
            Task.FromResult(new ServerVersion { Major = 1, Minor = 20 });

        public async Task<ApiDiscovery> DiscoverAsync(CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _count);
            var answer = new ApiDiscovery { Resources = Resources, Failures = Failures };
            if (Gate is { } gate)
            {
                await gate.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
            }

            return Error is { } error ? throw error : answer;
        }
    }
}
