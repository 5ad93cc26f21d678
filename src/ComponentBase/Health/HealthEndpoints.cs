using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace KubeFed.ComponentBase.Health;

/// <summary>
/// <c>/healthz</c>, <c>/livez</c> and <c>/readyz</c>: 200 <c>ok</c>, or 500 with a line for each check. <c>?verbose</c> lists the checks
/// also when all is well, <c>?exclude=name</c> leaves one out, <c>/readyz/name</c> asks one.
/// </summary>
public static partial class HealthEndpoints
{
    private const string PlainText = "text/plain; charset=utf-8";

    private static readonly (string Name, HealthProbes Probe)[] Probes =
        [("healthz", HealthProbes.Healthz), ("livez", HealthProbes.Livez), ("readyz", HealthProbes.Readyz)];

    /// <summary>Serves the three probes. They need no authentication and reveal no reasons, which are logged instead.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints, HealthChecks checks, ILogger logger, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(checks);
        foreach (var (name, probe) in Probes)
        {
            endpoints.Map($"/{name}", context => AnswerAllAsync(context, name, checks.For(probe), logger, time));
            endpoints.Map($"/{name}/{{check}}", context => AnswerOneAsync(context, name, checks.For(probe), logger, time));
        }
    }

    private static async Task AnswerAllAsync(HttpContext context, string name, IReadOnlyList<HealthCheck> checks, ILogger logger, TimeProvider time)
    {
        var exclude = context.Request.Query["exclude"].OfType<string>().SelectMany(names => names.Split(',')).Where(check => check.Length > 0).ToHashSet();
        var verbose = context.Request.Query.ContainsKey("verbose");
        await SendAsync(context, name, await HealthProbe.RunAsync(name, checks, exclude, verbose, time, context.RequestAborted), logger);
    }

    private static async Task AnswerOneAsync(HttpContext context, string name, IReadOnlyList<HealthCheck> checks, ILogger logger, TimeProvider time)
    {
        var wanted = (string?)context.Request.RouteValues["check"];
        if (checks.FirstOrDefault(check => check.Name == wanted) is { } check)
        {
            await SendAsync(context, name, await HealthProbe.RunOneAsync(check, time, context.RequestAborted), logger);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentType = PlainText;
            await context.Response.WriteAsync("404 page not found\n", context.RequestAborted);
        }
    }

    private static async Task SendAsync(HttpContext context, string probe, HealthReport report, ILogger logger)
    {
        foreach (var (check, reason) in report.Failures)
        {
            Log.HealthCheckFailed(logger, probe, check, reason);
        }

        context.Response.StatusCode = report.IsWell ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError;
        context.Response.ContentType = PlainText;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-cache, private";
        await context.Response.WriteAsync(report.Body, context.RequestAborted);
    }

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Warning, "Health check {Check} of {Probe} failed: {Reason}", EventName = "HealthCheckFailed")]
        public static partial void HealthCheckFailed(ILogger logger, string probe, string check, string reason);
    }
}
