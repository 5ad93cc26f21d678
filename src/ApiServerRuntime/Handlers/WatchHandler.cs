using System.IO.Pipelines;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Negotiation;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Requests;
using Microsoft.AspNetCore.Connections.Features;

namespace KubeFed.ApiServerRuntime.Handlers;

/// <summary>
/// watch: a stream of events, one JSON object a line. The stream ends cleanly when its time is up, when the reader was too slow and when the
/// server stops; the client then watches again from where it was.
/// </summary>
internal sealed class WatchHandler(IResourceStore store, TimeSpan minTimeout, Random random, TimeProvider time)
{
    private const int FlushThreshold = 64 * 1024;
    private readonly Lock _randomLock = new();

    public async Task WatchAsync(ResourceRequest request)
    {
        ResponseFormat format = Negotiator.NegotiateStream(request.Http);
        WatchOptions options = QueryOptions.ReadWatch(request.Query);
        options = options with { Timeout = options.Timeout ?? DefaultTimeout() };
        var encoder = new WatchEncoder(request, format);
        using var ends = new CancellationTokenSource(options.Timeout!.Value, time);
        CancellationToken closing = request.Http.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ends.Token, closing, request.Http.RequestAborted);
        await using IResourceWatch watch = await store.WatchAsync(request.Resource, options, either.Token);
        ResponseWriter.Begin(request.Http, format.ContentType, 200);
        try
        {
            PipeWriter output = request.Http.Response.BodyWriter;
            await output.FlushAsync(request.Http.RequestAborted);
            await CopyAsync(watch, encoder, output, either.Token, request.Http.RequestAborted);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The orderly end, or nobody listens any more.
        }
    }

    // What is being sent is not cancelled by the orderly end: the web server would reset the stream, and the client could not tell it from a fault.
    private static async Task CopyAsync(IResourceWatch watch, WatchEncoder encoder, PipeWriter output, CancellationToken ends, CancellationToken aborted)
    {
        try
        {
            while (true)
            {
                IReadOnlyList<ResourceEvent> events = await watch.ReadAsync(ends);
                if (events.Count == 0)
                {
                    return;
                }

                await WriteAsync(events, encoder, output, aborted);
            }
        }
        catch (StatusException e)
        {
            WatchEncoder.WriteError(output, e.Status);
            await output.FlushAsync(aborted);
        }
    }

    private static async ValueTask WriteAsync(
        IReadOnlyList<ResourceEvent> events, WatchEncoder encoder, PipeWriter output, CancellationToken cancellationToken)
    {
        int unflushed = 0;
        for (int i = 0; i < events.Count; i++)
        {
            unflushed += encoder.Write(output, events[i]);
            if (unflushed > FlushThreshold && i < events.Count - 1)
            {
                await output.FlushAsync(cancellationToken);
                unflushed = 0;
            }
        }

        FlushResult result = await output.FlushAsync(cancellationToken);
        if (result.IsCompleted)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private TimeSpan DefaultTimeout()
    {
        lock (_randomLock)
        {
            return minTimeout * (1 + random.NextDouble());
        }
    }
}
