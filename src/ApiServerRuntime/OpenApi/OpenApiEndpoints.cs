using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiServerRuntime.Hosting;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace KubeFed.ApiServerRuntime.OpenApi;

/// <summary>
/// Serves <c>/openapi/v2</c>, as JSON or in protobuf, and <c>/openapi/v3</c> with a document for each group version, always of the types
/// served now.
/// </summary>
public sealed class OpenApiEndpoints : IEndpointModule
{
    private const string V2Path = "/openapi/v2";
    private const string V3Path = "/openapi/v3";
    private const string Json = "application/json";
    private const string ProtobufAsked = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    private const string ProtobufAnswered = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
    private static readonly TimeSpan ForEver = TimeSpan.FromDays(365);

    private readonly ITypeSource _types;
    private readonly TimeProvider _time;
    private readonly string _title;
    private OpenApiDocuments _documents;

    /// <summary>Serves the documents of a source of types.</summary>
    /// <param name="types">The types.</param>
    /// <param name="title">The title in the documents.</param>
    /// <param name="time">The clock.</param>
    public OpenApiEndpoints(ITypeSource types, string title, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(types);
        _types = types;
        _title = title;
        _time = time;
        _documents = new OpenApiDocuments(types.Current, title);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Paths { get; } = [V2Path, V3Path, V3Path + "/"];

    private OpenApiDocuments Documents
    {
        get
        {
            var types = _types.Current;
            var documents = Volatile.Read(ref _documents);
            if (!ReferenceEquals(documents.Types, types))
            {
                Volatile.Write(ref _documents, documents = new OpenApiDocuments(types, _title));
            }

            return documents;
        }
    }

    /// <inheritdoc/>
    public bool Serves(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path == V2Path || path == V3Path || path.StartsWith(V3Path + "/", StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return PlainAsync(context, StatusCodes.Status405MethodNotAllowed, "405 method not allowed\n");
        }

        var path = context.Request.Path.Value!;
        return path == V2Path ? V2Async(context) : V3Async(context, path[V3Path.Length..].Trim('/'));
    }

    private Task V2Async(HttpContext context)
    {
        context.Response.Headers.Vary = "Accept";
        return Accepted(context, ProtobufAsked) switch
        {
            Json => SendAsync(context, Documents.V2, Json),
            ProtobufAsked => SendAsync(context, Documents.V2Protobuf, ProtobufAnswered),
            _ => PlainAsync(context, StatusCodes.Status406NotAcceptable, "406 not acceptable\n"),
        };
    }

    private Task V3Async(HttpContext context, string name)
    {
        context.Response.Headers.Vary = "Accept";
        if (Accepted(context) is null)
        {
            return PlainAsync(context, StatusCodes.Status406NotAcceptable, "406 not acceptable\n");
        }

        if (name.Length == 0)
        {
            return SendAsync(context, Documents.V3Root, Json);
        }

        if (GroupVersionOf(name) is not { } version || Documents.V3(version) is not { } document)
        {
            return PlainAsync(context, StatusCodes.Status404NotFound, "404 page not found\n");
        }

        string? hash = context.Request.Query["hash"];
        if (string.IsNullOrEmpty(hash))
        {
            return SendAsync(context, document, Json);
        }

        if (hash != document.Hash)
        {
            context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            context.Response.Headers.Location = $"{V3Path}/{name}?hash={document.Hash}";
            return Task.CompletedTask;
        }

        context.Response.Headers.CacheControl = "public, immutable";
        context.Response.Headers.Expires = (_time.GetUtcNow() + ForEver).ToString("R");
        return SendAsync(context, document, Json);
    }

    private static GroupVersion? GroupVersionOf(string name) => name.Split('/') switch
    {
        ["api", var version] => new GroupVersion(string.Empty, version),
        ["apis", var group, var version] when group.Length > 0 => new GroupVersion(group, version),
        _ => null,
    };

    /// <summary>JSON, the other media type, or null: whichever the client likes best; JSON where it likes both alike.</summary>
    private static string? Accepted(HttpContext context, string? other = null)
    {
        var header = context.Request.Headers.Accept;
        if (StringValues.IsNullOrEmpty(header))
        {
            return Json;
        }

        (string? Best, double Quality) found = (null, 0);
        foreach (var range in string.Join(',', header.ToArray()).Split(','))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            var quality = QualityOf(parts);
            var answer = parts[0] switch { "*/*" or "application/*" or Json => Json, _ when parts[0] == other => other, _ => null };
            if (answer is not null && quality > found.Quality)
            {
                found = (answer, quality);
            }
        }

        return found.Best;
    }

    private static double QualityOf(string[] parts)
    {
        var text = parts.FirstOrDefault(static part => part.StartsWith("q=", StringComparison.OrdinalIgnoreCase));
        return text is not null && double.TryParse(text.AsSpan(2), out var quality) ? quality : 1;
    }

    private static async Task SendAsync(HttpContext context, EncodedDocument document, string mediaType)
    {
        var headers = context.Response.Headers;
        headers.ETag = document.ETag;
        if (context.Request.Headers.IfNoneMatch.Any(value => value == document.ETag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var compressed = context.Request.Headers.AcceptEncoding.Any(static value => value?.Contains("gzip", StringComparison.OrdinalIgnoreCase) ?? false);
        var bytes = compressed ? document.Compressed : document.Plain;
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = bytes.Length;
        if (compressed)
        {
            headers[HeaderNames.ContentEncoding] = "gzip";
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    private static Task PlainAsync(HttpContext context, int code, string text)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
