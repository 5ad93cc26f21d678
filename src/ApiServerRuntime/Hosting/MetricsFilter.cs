using KubeFed.ApiServerRuntime.Requests;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>Counts requests, with the code that the client sees.</summary>
internal sealed class MetricsFilter(RequestDelegate next, ApiServerMetrics metrics, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        long began = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            if (ApiRequest.Find(context) is { } request)
            {
                metrics.Ended(request, request.IsServed, context.Response.StatusCode, time.GetElapsedTime(began));
            }
        }
    }
}
