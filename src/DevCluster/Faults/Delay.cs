using KubeFed.ApiServerRuntime.Hosting;
using Microsoft.AspNetCore.Http;

namespace KubeFed.DevClusters.Faults;

/// <summary>Makes every request wait before it is looked at.</summary>
internal sealed class Delay(TimeProvider time) : IRequestFilter
{
    private long _ticks;

    /// <summary>How long; zero for not at all.</summary>
    public TimeSpan PerRequest
    {
        get => new(Interlocked.Read(ref _ticks));
        set => Interlocked.Exchange(ref _ticks, value.Ticks);
    }

    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (PerRequest is { Ticks: > 0 } delay)
        {
            await Task.Delay(delay, time, context.RequestAborted);
        }

        await next(context);
    }
}
