using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Requests;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Negotiation;

/// <summary>Sends answers: headers, warnings, compression.</summary>
internal static class ResponseWriter
{
    /// <summary>Answers that are larger are compressed for clients that take it.</summary>
    public const int CompressionThreshold = 128 * 1024;

    /// <summary>Sends compact JSON in a format. The bytes may be reused when the call returns.</summary>
    public static async ValueTask SendJsonAsync(HttpContext context, ResponseFormat format, int code, ReadOnlyMemory<byte> json)
    {
        if (format.IsPlainJson && json.Length < CompressionThreshold)
        {
            Begin(context, format.ContentType, code);
            context.Response.ContentLength = json.Length + 1;
            PipeWriter output = context.Response.BodyWriter;
            output.Write(json.Span);
            output.Write("\n"u8);
            await output.FlushAsync(context.RequestAborted);
            return;
        }

        using var buffer = new PooledBuffer(json.Length + 1024);
        JsonFormatting.Write(buffer, json, format);
        await SendBytesAsync(context, format.ContentType, code, buffer.WrittenMemory);
    }

    /// <summary>Sends bytes as they are, compressed where that pays.</summary>
    public static async ValueTask SendBytesAsync(HttpContext context, string contentType, int code, ReadOnlyMemory<byte> bytes)
    {
        Begin(context, contentType, code);
        if (!Compress(context, bytes.Length))
        {
            context.Response.ContentLength = bytes.Length;
            await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
            return;
        }

        await using var gzip = new GZipStream(context.Response.BodyWriter.AsStream(leaveOpen: true), CompressionLevel.Fastest);
        await gzip.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>Sends a failure, or the outcome of a deletion.</summary>
    public static async ValueTask SendStatusAsync(HttpContext context, Status status, int code)
    {
        if (status.Details?.RetryAfterSeconds is > 0 and int seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        using var buffer = new PooledBuffer(1024);
        StatusJson.Write(buffer, status);
        await SendJsonAsync(context, Negotiator.NegotiateError(context), code, buffer.WrittenMemory);
    }

    /// <summary>Sends text, as kube-apiserver does for paths that it does not know.</summary>
    public static async ValueTask SendTextAsync(HttpContext context, int code, string text)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        Begin(context, "text/plain; charset=utf-8", code);
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        context.Response.ContentLength = bytes.Length;
        await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary><c>404 page not found</c>.</summary>
    public static ValueTask SendNotFoundAsync(HttpContext context) =>
        SendTextAsync(context, StatusCodes.Status404NotFound, "404 page not found\n");

    /// <summary>Sets code, content type and warnings.</summary>
    public static void Begin(HttpContext context, string contentType, int code)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = contentType;
        if (ApiRequest.Find(context) is { } request)
        {
            WarningHeaders.Write(context.Response.Headers, request.Warnings);
        }
    }

    /// <summary>Decides whether a body of about that length is compressed, and says so in the headers.</summary>
    public static bool Compress(HttpContext context, long length)
    {
        if (length <= CompressionThreshold || !TakesGzip(context.Request))
        {
            return false;
        }

        context.Response.Headers.ContentEncoding = "gzip";
        context.Response.Headers.Append("Vary", "Accept-Encoding");
        return true;
    }

    private static bool TakesGzip(HttpRequest request)
    {
        foreach (string? value in request.Headers.AcceptEncoding)
        {
            foreach (Range part in value.AsSpan().Split(','))
            {
                ReadOnlySpan<char> coding = value.AsSpan()[part].Trim();
                if (coding.Equals("gzip", StringComparison.OrdinalIgnoreCase) || (coding.StartsWith("gzip;") && !coding.EndsWith("q=0")))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
