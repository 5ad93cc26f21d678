using KubeFed.ApiMachinery.Errors;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Negotiation;

/// <summary>Chooses how an answer is written, from the Accept header, the query and the User-Agent, as kube-apiserver does.</summary>
internal static class Negotiator
{
    private const string MetaGroup = "meta.k8s.io";
    private static readonly string[] Offered = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];
    private static readonly string[] OfferedStreams = ["application/json;stream=watch", "application/vnd.kubernetes.protobuf;stream=watch"];

    /// <summary>The format of an answer that is an object or a list.</summary>
    /// <param name="context">The request.</param>
    /// <param name="shapes">Whether the object may be sent as a Table or as its metadata.</param>
    /// <exception cref="StatusException">406: nothing that the client accepts is offered.</exception>
    public static ResponseFormat Negotiate(HttpContext context, bool shapes = true) =>
        Choose(context, shapes, stream: false) ?? throw StatusErrors.NotAcceptable(Offered);

    /// <summary>The format of a watch: never YAML.</summary>
    /// <exception cref="StatusException">406: nothing that the client accepts is offered.</exception>
    public static ResponseFormat NegotiateStream(HttpContext context)
    {
        ResponseFormat? format = Choose(context, shapes: true, stream: true);
        return format is null ? throw StatusErrors.NotAcceptable(OfferedStreams) : format with { Pretty = false };
    }

    /// <summary>The format of a failure: what the client accepts, else JSON.</summary>
    public static ResponseFormat NegotiateError(HttpContext context) =>
        (Choose(context, shapes: true, stream: false) ?? WithPretty(context, ResponseFormat.Json)) with { Shape = ResponseShape.Object };

    private static ResponseFormat? Choose(HttpContext context, bool shapes, bool stream)
    {
        string accept = context.Request.Headers.Accept.ToString();
        if (accept.Length == 0 || accept is "application/json" or "*/*" or "application/json, */*")
        {
            return WithPretty(context, ResponseFormat.Json);
        }

        foreach (MediaRange range in AcceptHeader.Parse(accept))
        {
            bool json = range.Covers("application", "json");
            if ((json || (range.Covers("application", "yaml") && !stream)) && TryFormat(range, shapes, stream, yaml: !json, out ResponseFormat format))
            {
                return WithPretty(context, format);
            }
        }

        return null;
    }

    private static bool TryFormat(MediaRange range, bool shapes, bool stream, bool yaml, out ResponseFormat format)
    {
        format = ResponseFormat.Json with { Yaml = yaml };
        if (range.Parameters.Count == 0)
        {
            return true;
        }

        if (range.Parameters.TryGetValue("charset", out string? charset) && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (range.Parameters.TryGetValue("stream", out string? kind) && !(stream && kind == "watch"))
        {
            return false;
        }

        if (!TryShape(range, shapes, ref format))
        {
            return false;
        }

        if (range.Parameters.TryGetValue("pretty", out string? pretty))
        {
            format = format with { Pretty = pretty == "1" };
        }

        return true;
    }

    private static bool TryShape(MediaRange range, bool shapes, ref ResponseFormat format)
    {
        if (!range.Parameters.TryGetValue("as", out string? kind))
        {
            return true;
        }

        string version = range.Parameters.GetValueOrDefault("v", string.Empty);
        if (!shapes || range.Parameters.GetValueOrDefault("g") != MetaGroup || version is not ("v1" or "v1beta1"))
        {
            return false;
        }

        ResponseShape shape = kind switch
        {
            "Table" => ResponseShape.Table,
            "PartialObjectMetadata" => ResponseShape.PartialObject,
            "PartialObjectMetadataList" => ResponseShape.PartialObjectList,
            _ => ResponseShape.Object,
        };
        format = format with { Shape = shape, MetaVersion = version };
        return shape != ResponseShape.Object;
    }

    private static ResponseFormat WithPretty(HttpContext context, ResponseFormat format) =>
        format.Pretty || !WantsPretty(context.Request) ? format : format with { Pretty = true };

    private static bool WantsPretty(HttpRequest request)
    {
        if (request.QueryString.HasValue && request.Query["pretty"].ToString() is { Length: > 0 } pretty)
        {
            return pretty is "1" or "t" or "T" or "true" or "TRUE" or "True";
        }

        string agent = request.Headers.UserAgent.ToString();
        return agent.StartsWith("curl", StringComparison.Ordinal)
            || agent.StartsWith("Wget", StringComparison.Ordinal)
            || agent.StartsWith("Mozilla/5.0", StringComparison.Ordinal);
    }
}
