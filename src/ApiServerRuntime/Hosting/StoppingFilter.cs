using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>
/// Ends HTTP/1.1 connections with the answer to their next request once the server is asked to stop. Were they closed while idle, a request
/// that is on its way at that moment would be lost; HTTP/2 has GOAWAY for that.
/// </summary>
internal sealed class StoppingFilter(RequestDelegate next, ServerLifetime lifetime)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (lifetime.IsStopping && !HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            context.Response.Headers.Connection = "close";
        }

        return next(context);
    }
}
