using KubeFed.ApiServerRuntime.Discovery;
using KubeFed.ApiServerRuntime.Negotiation;
using KubeFed.ComponentBase.Telemetry;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>Answers what is no resource: discovery, health, version, metrics, and what the options add.</summary>
internal sealed class PathEndpoint(ApiServerOptions options, DiscoveryEndpoint discovery, RequestDelegate health)
{
    private static readonly string[] HealthPaths = ["/healthz", "/livez", "/readyz"];
    private readonly byte[] _version = VersionDocument.Write(options.Version);

    public Task InvokeAsync(HttpContext context, string path)
    {
        foreach (IEndpointModule module in options.Endpoints)
        {
            if (module.Serves(path))
            {
                return module.InvokeAsync(context);
            }
        }

        return path switch
        {
            "/" or "" => SendPathsAsync(context),
            "/version" or "/version/" => ResponseWriter.SendJsonAsync(context, Negotiator.Negotiate(context, shapes: false), 200, _version).AsTask(),
            "/metrics" when options.Metrics is { } metrics =>
                ResponseWriter.SendBytesAsync(context, PrometheusReader.ContentType, 200, metrics.ScrapeUtf8()).AsTask(),
            _ when IsBelow(path, "/api") || IsBelow(path, "/apis") => discovery.InvokeAsync(context),
            _ when Array.Exists(HealthPaths, probe => IsBelow(path, probe)) => health(context),
            _ => ResponseWriter.SendNotFoundAsync(context).AsTask(),
        };
    }

    private static bool IsBelow(string path, string root) =>
        path.StartsWith(root, StringComparison.Ordinal) && (path.Length == root.Length || path[root.Length] == '/');

    private async Task SendPathsAsync(HttpContext context)
    {
        IEnumerable<string> paths = discovery.Documents.Paths.Concat(HealthPaths).Append("/version")
            .Concat(options.Metrics is null ? [] : ["/metrics"]).Concat(options.Endpoints.SelectMany(module => module.Paths));
        byte[] json = JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            JsonBytes.WriteStrings(writer, "paths", [.. paths.Distinct().Order(StringComparer.Ordinal)], always: true);
            writer.WriteEndObject();
        });
        await ResponseWriter.SendJsonAsync(context, Negotiator.Negotiate(context, shapes: false) with { Pretty = true }, 200, json);
    }
}
