using KubeFed.ApiServerRuntime.Negotiation;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Discovery;

/// <summary>Serves <c>/api</c>, <c>/apis</c> and what is below down to group versions, always from the types of the moment.</summary>
internal sealed class DiscoveryEndpoint(ITypeSource types, IReadOnlyList<IResourceHandler> handlers)
{
    private const string Group = "apidiscovery.k8s.io";
    private readonly Lock _lock = new();
    private volatile Cached _cached = new(null, DiscoveryDocuments.Of(TypeSnapshot.Empty, []));

    /// <summary>The documents for the types of the moment, made when they are first asked for after a change.</summary>
    public DiscoveryDocuments Documents
    {
        get
        {
            TypeSnapshot current = types.Current;
            Cached cached = _cached;
            if (ReferenceEquals(cached.Types, current))
            {
                return cached.Documents;
            }

            lock (_lock)
            {
                if (!ReferenceEquals(_cached.Types, current))
                {
                    _cached = new Cached(current, DiscoveryDocuments.Of(current, handlers));
                }

                return _cached.Documents;
            }
        }
    }

    /// <summary>Answers a path that begins with <c>/api</c>; 404 when nothing is served there.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!.TrimEnd('/');
        DiscoveryDocuments documents = Documents;
        if (documents.Legacy(path) is not { } legacy)
        {
            await ResponseWriter.SendNotFoundAsync(context);
        }
        else if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            await ResponseWriter.SendTextAsync(context, StatusCodes.Status405MethodNotAllowed, "405: Method Not Allowed");
        }
        else if (path is "/api" or "/apis")
        {
            await SendRootAsync(context, path, documents, legacy);
        }
        else
        {
            await ResponseWriter.SendJsonAsync(context, Negotiator.Negotiate(context, shapes: false), 200, legacy.Json);
        }
    }

    private static async Task SendRootAsync(HttpContext context, string path, DiscoveryDocuments documents, DiscoveryDocument legacy)
    {
        context.Response.Headers.Vary = "Accept";
        if (AggregatedVersion(context.Request.Headers.Accept.ToString()) is { } version)
        {
            await SendAggregatedAsync(context, documents.Aggregated(path, version)!, version);
        }
        else
        {
            await ResponseWriter.SendJsonAsync(context, Negotiator.Negotiate(context, shapes: false), 200, legacy.Json);
        }
    }

    /// <summary>The version of aggregated discovery that a client prefers to the plain form; null when it prefers that.</summary>
    private static string? AggregatedVersion(string accept)
    {
        foreach (MediaRange range in AcceptHeader.Parse(accept))
        {
            if (!range.Parameters.TryGetValue("as", out string? kind))
            {
                if (range.Covers("application", "json") || range.Covers("application", "yaml"))
                {
                    return null;
                }
            }
            else if (kind == "APIGroupDiscoveryList"
                && range is { Type: "application", Subtype: "json" }
                && range.Parameters.GetValueOrDefault("g") == Group
                && range.Parameters.GetValueOrDefault("v") is "v2" or "v2beta1")
            {
                return range.Parameters["v"];
            }
        }

        return null;
    }

    private static async Task SendAggregatedAsync(HttpContext context, DiscoveryDocument document, string version)
    {
        context.Response.Headers.ETag = document.ETag;
        context.Response.Headers.CacheControl = "public";
        if (context.Request.Headers.IfNoneMatch.Contains(document.ETag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await ResponseWriter.SendBytesAsync(context, $"application/json;g={Group};v={version};as=APIGroupDiscoveryList", 200, document.Json);
    }

    private sealed record Cached(TypeSnapshot? Types, DiscoveryDocuments Documents);
}
