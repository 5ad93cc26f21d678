using KubeFed.ApiServerRuntime.Negotiation;
using KubeFed.ApiServerRuntime.Requests;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>Finds out what is asked for, sets Cache-Control, and refuses bodies that say they are too large before anything reads them.</summary>
internal sealed class RequestInfoFilter(RequestDelegate next, ApiServerMetrics? metrics, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-cache, private";
        HttpRequest request = context.Request;
        RequestInfo info = RequestInfoResolver.Resolve(request.Method, request.Path.Value ?? "/", request.Query);
        var api = new ApiRequest(info, time.GetTimestamp()) { Cancellation = context.RequestAborted };
        context.Features.Set(api);
        metrics?.Began(api);
        return BodyReader.IsTooLarge(request) ? throw BodyReader.TooLarge() : next(context);
    }
}
