using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace KubeFed.TestSupport.Proxies;

/// <summary>One request to a <see cref="FaultProxy"/> and the answer in the making.</summary>
internal sealed class Exchange(HttpContext context, ProxiedRequest request, Upstream upstream, CancellationToken watchEnd, CancellationToken faultEnd)
{
    private const int BufferSize = 16 << 10;

    private bool _isBetweenLines = true;

    /// <summary>Cancelled when the client is gone.</summary>
    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>Has the server do it and passes on all of its answer.</summary>
    public async Task ForwardAsync()
    {
        using var response = await upstream.SendAsync(context.Request, Aborted);
        await CopyAsync(response);
    }

    /// <summary>Has the server do it and passes on the first half of its answer.</summary>
    public async Task ForwardHalfAsync()
    {
        using var response = await upstream.SendAsync(context.Request, Aborted);
        if (request.IsWatch)
        {
            await CopyAsync(response);
            return;
        }

        var body = await response.Content.ReadAsByteArrayAsync(Aborted);
        Begin(response);
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), Aborted);
        await context.Response.Body.FlushAsync(Aborted);
        context.Abort();
    }

    /// <summary>Has the server do what is a write; what is answered comes from another one.</summary>
    public async Task ForwardAnsweredByAsync(FaultProxy other)
    {
        if (!request.IsWrite)
        {
            using var read = await other.Upstream.SendForeignAsync(context.Request, Aborted);
            await CopyAsync(read);
            return;
        }

        using var done = await upstream.SendAsync(context.Request, Aborted);
        using var elsewhere = await other.Upstream.ReadAsync(context.Request, Aborted);
        await CopyAsync(done.IsSuccessStatusCode && elsewhere.IsSuccessStatusCode ? elsewhere : done);
    }

    /// <summary>Answers by itself.</summary>
    public async Task AnswerAsync(int code, string json)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json, Aborted);
        await context.Response.CompleteAsync();
        request.Code = code;
    }

    public void SetHeader(string name, string value) => context.Response.Headers[name] = value;

    /// <summary>Completes when the fault ends, or the client is gone.</summary>
    public async Task FaultEndsAsync()
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(faultEnd, Aborted);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Breaks the connection with all that is under way on it.</summary>
    public void CutConnection()
    {
        context.Features.Get<IConnectionLifetimeFeature>()?.Abort();
        context.Abort();
    }

    private async Task CopyAsync(HttpResponseMessage response)
    {
        Begin(response);
        await context.Response.Body.FlushAsync(Aborted);
        await using var body = await response.Content.ReadAsStreamAsync(Aborted);
        if (request.IsWatch)
        {
            await CopyWatchAsync(body);
        }
        else
        {
            await CopyBodyAsync(body, Aborted);
        }

        await context.Response.CompleteAsync();
        request.Code = context.Response.StatusCode;
    }

    private async Task CopyWatchAsync(Stream body)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(watchEnd, Aborted);
        try
        {
            await CopyBodyAsync(body, either.Token);
        }
        catch (OperationCanceledException) when (watchEnd.IsCancellationRequested && !Aborted.IsCancellationRequested)
        {
            if (!_isBetweenLines)
            {
                CutConnection();
                return;
            }

            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(WatchErrors.Expired), Aborted);
        }
    }

    private async Task CopyBodyAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), Aborted);
            await context.Response.Body.FlushAsync(Aborted);
            _isBetweenLines = buffer[read - 1] == '\n';
        }
    }

    private void Begin(HttpResponseMessage response)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (!Upstream.IsOfTheConnection(name))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }
    }
}
