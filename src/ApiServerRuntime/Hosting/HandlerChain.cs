using KubeFed.ApiServerRuntime.Discovery;
using KubeFed.ApiServerRuntime.Handlers;
using KubeFed.ApiServerRuntime.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>The way of every request through the server, in one place.</summary>
internal static class HandlerChain
{
    /// <summary>
    /// Builds the chain. A request passes, in this order:
    /// <list type="number">
    /// <item>stopping: closes HTTP/1.1 connections with this answer when the server is to stop</item>
    /// <item>metrics: counts requests and their codes</item>
    /// <item>panic: whatever is thrown below becomes a Status; 500 and a log line for what a client did not cause</item>
    /// <item>request info: what is asked for; Cache-Control; 413 for a body that says it is too large</item>
    /// <item>deadline: 60 s, 34 s for writes, less when the client says so; none for watches</item>
    /// <item>authentication: who asks; 401</item>
    /// <item>audit: sees the user, and the answer on its way back; also a 401, as of a user without a name</item>
    /// <item>impersonation: as whom; 403</item>
    /// <item>limits: may make the request wait, or answer 429</item>
    /// <item>authorization: 403</item>
    /// <item>handler: resources, discovery, health, version, metrics, added paths; 404 as plain text for the rest</item>
    /// </list>
    /// Warnings are collected on the way and written with the headers of whatever answers. Nothing ever redirects.
    /// </summary>
    public static RequestDelegate Build(ApiServerOptions options, RequestDelegate health, ServerLifetime lifetime)
    {
        ILogger logger = options.Logging.CreateLogger("KubeFed.ApiServerRuntime.Hosting");
        RequestDelegate chain = With(options.Innermost, Handler(options, health, lifetime));
        chain = new AuthorizationFilter(chain, options.Authorizer, logger).InvokeAsync;
        chain = With(options.Limits, chain);
        chain = new ImpersonationFilter(chain, options.Authorizer, logger).InvokeAsync;
        chain = With(options.Audit, chain);
        chain = new AuthenticationFilter(chain, options.Audit, options.Authenticator).InvokeAsync;
        chain = new DeadlineFilter(chain, options, logger).InvokeAsync;
        chain = new RequestInfoFilter(chain, options.RequestMetrics, options.Time).InvokeAsync;
        chain = new PanicFilter(chain, logger).InvokeAsync;
        chain = With(options.Outermost, chain);
        chain = options.RequestMetrics is { } metrics ? new MetricsFilter(chain, metrics, options.Time).InvokeAsync : chain;
        return new StoppingFilter(chain, lifetime).InvokeAsync;
    }

    private static RequestDelegate With(IRequestFilter? filter, RequestDelegate next) =>
        filter is null ? next : context => filter.InvokeAsync(context, next);

    private static RequestDelegate Handler(ApiServerOptions options, RequestDelegate health, ServerLifetime lifetime)
    {
        var resources = new ResourceEndpoint(
            options.Types,
            options.Handlers,
            new ReadHandler(options.Store),
            new WriteHandler(options.Store),
            new DeleteHandler(options.Store),
            new WatchHandler(options.Store, options.MinWatchTimeout, options.Random, options.Time, lifetime.WatchesEnd),
            options.Time);
        var paths = new PathEndpoint(options, new DiscoveryEndpoint(options.Types, options.Handlers), health);
        return context =>
        {
            ApiRequest request = ApiRequest.Of(context);
            return request.Info.IsResourceRequest ? resources.InvokeAsync(context, request) : paths.InvokeAsync(context, request.Info.Path);
        };
    }
}
