using System.IO.Pipelines;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Negotiation;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Requests;

namespace KubeFed.ApiServerRuntime.Handlers;

/// <summary>
/// watch: a stream of events, one JSON object a line. The stream ends cleanly when its time is up, when the reader was too slow and when the
/// server stops; the client then watches again from where it was. A server that stops begins none (429).
/// </summary>
internal sealed class WatchHandler(IResourceStore store, TimeSpan minTimeout, Random random, TimeProvider time, CancellationToken stopping)
{
    private const int FlushThreshold = 64 * 1024;
    private const int RetryAfterSeconds = 1;
    private readonly Lock _randomLock = new();

    public async Task WatchAsync(ResourceRequest request)
    {
        ResponseFormat format = Negotiator.NegotiateStream(request.Http);
        WatchOptions options = QueryOptions.ReadWatch(request.Query);
        options = options with { Timeout = options.Timeout ?? DefaultTimeout() };
        var encoder = new WatchEncoder(request, format);
        using var ends = new CancellationTokenSource(options.Timeout!.Value, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ends.Token, stopping, request.Http.RequestAborted);
        await using IResourceWatch watch = await BeginAsync(request, options, either.Token);
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

    private async ValueTask<IResourceWatch> BeginAsync(ResourceRequest request, WatchOptions options, CancellationToken ends)
    {
        try
        {
            ends.ThrowIfCancellationRequested();
            return await store.WatchAsync(request.Resource, options, ends);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw StatusErrors.TooManyRequests("the server is stopping, please try again later", RetryAfterSeconds);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested && !request.Http.RequestAborted.IsCancellationRequested)
        {
            throw StatusErrors.Timeout("the time of the watch was up before it began", RetryAfterSeconds);
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
                if (events.Count == 0 || !await WriteAsync(events, encoder, output, aborted))
                {
                    return;
                }
            }
        }
        catch (StatusException e)
        {
            WatchEncoder.WriteError(output, e.Status);
            await output.FlushAsync(aborted);
        }
    }

    // Whether anybody still reads. The server may know that the client is gone before the request is cancelled.
    private static async ValueTask<bool> WriteAsync(
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
        return !result.IsCompleted;
    }

    private TimeSpan DefaultTimeout()
    {
        lock (_randomLock)
        {
            return minTimeout * (1 + random.NextDouble());
        }
    }
}
