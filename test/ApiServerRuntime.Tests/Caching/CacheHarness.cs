using System.Globalization;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using System.Diagnostics.Metrics;
using Waiting = KubeFed.TestSupport.Waiting.Eventually;

namespace KubeFed.ApiServerRuntime.Tests.Caching;

/// <summary>A set of caches over a scripted storage and a clock that stands still.</summary>
internal sealed class CacheHarness : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public CacheHarness(ResourceCacheOptions? options = null, params ResourceType[] types)
    {
        Types = new(types.Length == 0 ? [TypeBox.Widgets, TypeBox.Gadgets, TypeBox.ConfigMaps] : types);
        Caches = new(
            Storage,
            Types,
            static _ => Decode,
            options ?? new(),
            new(_services.GetRequiredService<IMeterFactory>()),
            Clock,
            NullLogger<ResourceCacheSet>.Instance);
    }

    public ScriptedStorage Storage { get; } = new();

    public FakeTimeProvider Clock { get; } = new();

    public TypeBox Types { get; }

    public ResourceCacheSet Caches { get; }

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public IResourceCache Widgets => Caches.Get(TypeBox.Widgets);

    public static string Key(string name, string @namespace = "default") => TypeBox.Widgets.KeyOf(@namespace, name);

    public static KubeObject Decode(StoredValue value) =>
        KubeObject.Parse(value.Value).Change().With(value.Revision.ToString(CultureInfo.InvariantCulture), "metadata", "resourceVersion").Build();

    public static string Json(string name, string @namespace = "default", string? app = null, int size = 0)
    {
        var labels = app is null ? "" : $$""","labels":{"app":"{{app}}"}""";
        return $$"""{"apiVersion":"demo.example.dev/v1","kind":"Widget","metadata":{"name":"{{name}}","namespace":"{{@namespace}}"{{labels}}},"size":{{size}}}""";
    }

    public static string Describe(ResourceEvent @event) =>
        $"{@event.Type} {@event.Payload.Object.Metadata.Name} {@event.Payload.Object.Metadata.ResourceVersion}".Replace("  ", " ", StringComparison.Ordinal);

    public static Func<KubeObject, bool> App(string app) => o => o.Metadata.Labels.TryGetValue("app", out var value) && value == app;

    public static long RevisionOf(ResourceEvent @event) => long.Parse(@event.Payload.Object.Metadata.ResourceVersion!, CultureInfo.InvariantCulture);

    public long Put(string name, string @namespace = "default", string? app = null, int size = 0) =>
        Storage.Put(Key(name, @namespace), Json(name, @namespace, app, size));

    public long Remove(string name, string @namespace = "default") => Storage.Remove(Key(name, @namespace));

    public async Task<CacheHarness> StartedAsync()
    {
        Caches.Start();
        await Waiting.True(() => Caches.IsReady, "the caches are ready");
        return this;
    }

    public Task SeenAsync(long revision) =>
        Waiting.True(() => Caches.Revision >= revision, $"revision {revision} is seen", lastSeen: () => $"{Caches.Revision}");

    public async Task<IResourceWatch> WatchAsync(CacheWatchOptions? options = null) =>
        await Widgets.WatchAsync(options ?? new() { KeyPrefix = TypeBox.Widgets.KeyPrefix }, CancellationToken.None).AsTask().WaitAsync(Limit);

    public Task<IResourceWatch> WatchAfterAsync(long revision, string? prefix = null, Func<KubeObject, bool>? matches = null) => WatchAsync(
        new() { KeyPrefix = prefix ?? TypeBox.Widgets.KeyPrefix, AfterRevision = revision, Matches = matches });

    /// <summary>Reads at least so many events, as "Type name revision".</summary>
    public static async Task<List<string>> ReadAsync(IResourceWatch watch, int count)
    {
        var seen = new List<string>();
        while (seen.Count < count)
        {
            using var limit = new CancellationTokenSource(Limit);
            IReadOnlyList<ResourceEvent> events;
            try
            {
                events = await watch.ReadAsync(limit.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"only [{string.Join(", ", seen)}] of {count}", e);
            }

            if (events.Count == 0)
            {
                seen.Add("END");
                break;
            }

            seen.AddRange(events.Select(Describe));
        }

        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        await Caches.DisposeAsync();
        await _services.DisposeAsync();
    }

    public static bool IsBookmark(ResourceEvent @event) => @event.Type == WatchEventType.Bookmark;
}
