using System.Globalization;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.KubeClient.Informers;

/// <summary>
/// Lists, then watches from the list's version, for ever. A watch that ends is resumed from the last version seen; only a
/// version that the server no longer has, a watch that ends within a second without an event, or a failure that watching
/// again cannot cure makes it list anew. The rules are those of client-go's reflector, and one more: where the connection broke,
/// a few objects are compared before the watch is resumed. A server that was restored from a backup, or another one at the same
/// address, would resume it in silence, from a version that it has not come to yet.
/// </summary>
internal sealed class Reflector(
    IResourceReader client,
    GroupVersionResource resource,
    InformerOptions options,
    InformerEnvironment environment,
    ResourceMeters meters,
    IReflectorSink sink)
{
    private const int MaxServerFailures = 5;
    private const int SampleSize = 20;

    private static readonly TimeSpan ShortWatch = TimeSpan.FromSeconds(1);

    private readonly Backoff _backoff = new(environment.Time, environment.Seed is { } seed ? new Random(seed) : new Random());
    private volatile Exception? _lastError;
    private int _serverFailures;

    public Exception? LastError => _lastError;

    /// <summary>Ends the wait before the next try, if it waits for one.</summary>
    public void Hurry() => _backoff.Hurry();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Exception failure;
            try
            {
                await ListAsync(cancellationToken);
                failure = await WatchAsync(cancellationToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failure = e;
            }

            cancellationToken.ThrowIfCancellationRequested();
            await PauseAsync(failure, cancellationToken);
        }
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var version = sink.LastResourceVersion is { Length: > 0 } last ? last : "0";
        var (items, listed) = await ReadNotOlderAsync(version, cancellationToken);
        meters.Listed();
        InformerLog.Listed(environment.Logger, resource, listed, items.Count);
        await sink.ReplaceAsync(items, listed, cancellationToken);
        _lastError = null;
    }

    private async Task<(List<KubeObject> Items, string Version)> ReadNotOlderAsync(string version, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadPagesAsync(version, cancellationToken);
        }
        catch (StatusException e) when (e.IsExpired || e.IsTooLargeResourceVersion)
        {
            return await ReadPagesAsync("", cancellationToken);
        }
    }

    private async Task<(List<KubeObject> Items, string Version)> ReadPagesAsync(string version, CancellationToken cancellationToken)
    {
        var next = new ListOptions
        {
            LabelSelector = options.LabelSelector,
            FieldSelector = options.FieldSelector,
            Representation = options.Representation,
            ResourceVersion = version,
            Limit = version is "" or "0" ? options.PageSize : null,
        };
        var items = new List<KubeObject>();
        while (true)
        {
            KubeObjectList page;
            try
            {
                page = await client.ListAsync(resource, options.Namespace, next, cancellationToken);
            }
            catch (StatusException e) when (e.IsExpired && next.Continue is not null)
            {
                items.Clear();
                next = next with { Continue = null, Limit = null, ResourceVersion = null };
                continue;
            }

            items.AddRange(page.Items.Select(Transform));
            if (page.Continue is null)
            {
                return (items, page.ResourceVersion);
            }

            next = ResourceReaderExtensions.Following(next, page.Continue, resource);
        }
    }

    /// <summary>Watches again and again; returns why a list is needed.</summary>
    private async Task<Exception> WatchAsync(CancellationToken cancellationToken)
    {
        _serverFailures = 0;
        while (true)
        {
            var start = environment.Time.GetTimestamp();
            var (events, failure) = await WatchOnceAsync(cancellationToken);
            if (failure is not null && !MayWatchAgain(failure))
            {
                return failure;
            }

            var isShort = environment.Time.GetElapsedTime(start) < ShortWatch;
            if (isShort && events == 0 && failure is null or IOException)
            {
                meters.ShortWatch();
                return failure ?? new IOException("a very short watch: it ended within a second without an event");
            }

            InformerLog.WatchEnded(environment.Logger, resource, sink.LastResourceVersion);
            if (failure is not (null or IOException))
            {
                await PauseAsync(failure, cancellationToken);
            }
            else if (isShort && failure is not null)
            {
                await _backoff.WaitAsync(_backoff.Next(null), cancellationToken);
            }

            if (failure is HttpRequestException or IOException && await CompareAsync(cancellationToken) is { } reason)
            {
                return reason;
            }
        }
    }

    /// <summary>Asks until there is an answer whether the server is still the one that was watched; returns why a list is needed, or null.</summary>
    private async Task<Exception?> CompareAsync(CancellationToken cancellationToken)
    {
        var sample = new ListOptions
        {
            LabelSelector = options.LabelSelector,
            FieldSelector = options.FieldSelector,
            Representation = Representation.Metadata,
            Limit = SampleSize,
        };
        while (true)
        {
            try
            {
                return HasSameHistory(await client.ListAsync(resource, options.Namespace, sample, cancellationToken))
                    ? null
                    : new IOException("the server's objects are not those that were watched: it was restored, or is another one");
            }
            catch (Exception e) when (e is StatusException or HttpRequestException or IOException or KubeObjectFormatException
                && !cancellationToken.IsCancellationRequested)
            {
                if (!MayWatchAgain(e))
                {
                    return e;
                }

                await PauseAsync(e, cancellationToken);
            }
        }
    }

    /// <summary>Whether versions have not gone back, and whatever is not newer than the last version seen is known as it is.</summary>
    private bool HasSameHistory(KubeObjectList sample)
    {
        if (!TryParse(sink.LastResourceVersion, out var last) || !TryParse(sample.ResourceVersion, out var present))
        {
            return true;
        }

        return present >= last
            && sample.Items.All(o => !TryParse(o.Metadata.ResourceVersion, out var version) || version > last || sink.Knows(o));
    }

    private static bool TryParse(string? version, out ulong number) =>
        ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private async Task<(int Events, Exception? Failure)> WatchOnceAsync(CancellationToken cancellationToken)
    {
        var events = 0;
        var watch = new WatchOptions
        {
            LabelSelector = options.LabelSelector,
            FieldSelector = options.FieldSelector,
            Representation = options.Representation,
            ResourceVersion = sink.LastResourceVersion,
            OnOpened = () => _lastError = null,
        };
        meters.Watched();
        try
        {
            await foreach (var change in client.WatchAsync(resource, options.Namespace, watch, cancellationToken))
            {
                events++;
                Worked();
                meters.Event(change.Type);
                await sink.ApplyAsync(
                    change.Type == WatchEventType.Bookmark ? change : change with { Object = Transform(change.Object) }, cancellationToken);
            }

            Worked();
            return (events, null);
        }
        catch (Exception e) when (e is StatusException or HttpRequestException or IOException or KubeObjectFormatException
            && !cancellationToken.IsCancellationRequested)
        {
            return (events, e);
        }
    }

    private bool MayWatchAgain(Exception failure) => failure switch
    {
        WatchFormatException => false,
        HttpRequestException or IOException => true,
        StatusException { IsExpired: true } => false,
        StatusException { IsTooManyRequests: true } => true,
        StatusException { Code: >= 500 } => ++_serverFailures < MaxServerFailures,
        _ => false,
    };

    private void Worked()
    {
        _lastError = null;
        _serverFailures = 0;
    }

    private async Task PauseAsync(Exception failure, CancellationToken cancellationToken)
    {
        var wait = _backoff.Next((failure as StatusException)?.RetryAfter);
        if (failure is StatusException { IsExpired: true })
        {
            InformerLog.Expired(environment.Logger, resource, sink.LastResourceVersion);
        }
        else
        {
            meters.Failed();
            _lastError = failure;
            InformerLog.Failed(environment.Logger, resource, failure.Message, wait);
        }

        await _backoff.WaitAsync(wait, cancellationToken);
    }

    private KubeObject Transform(KubeObject value)
    {
        if (options.Transform is null)
        {
            return value;
        }

        try
        {
            return options.Transform(value);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            meters.HandlerFailed();
            InformerLog.TransformThrew(environment.Logger, resource, value.Key, e);
            return value;
        }
    }
}
