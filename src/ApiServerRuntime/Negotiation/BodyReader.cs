using System.IO.Pipelines;
using KubeFed.ApiMachinery.Errors;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Negotiation;

/// <summary>Reads request bodies whole, within the limit.</summary>
internal static class BodyReader
{
    /// <summary>The largest body in bytes.</summary>
    public const int MaxBytes = 3 * 1024 * 1024;

    /// <summary>Whether the request says that its body is larger than the limit.</summary>
    public static bool IsTooLarge(HttpRequest request) => request.ContentLength > MaxBytes;

    public static StatusException TooLarge() => StatusErrors.RequestEntityTooLarge($"limit is {MaxBytes}");

    /// <summary>Reads the body into rented memory; the caller disposes it.</summary>
    /// <exception cref="StatusException">413: it is larger than the limit.</exception>
    public static async ValueTask<PooledBuffer> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var body = new PooledBuffer((int)Math.Clamp(context.Request.ContentLength ?? 0, 1024, MaxBytes));
        try
        {
            PipeReader reader = context.Request.BodyReader;
            while (true)
            {
                ReadResult result = await reader.ReadAsync(cancellationToken);
                if (body.Length + result.Buffer.Length > MaxBytes)
                {
                    reader.AdvanceTo(result.Buffer.End);
                    throw TooLarge();
                }

                foreach (ReadOnlyMemory<byte> segment in result.Buffer)
                {
                    segment.Span.CopyTo(body.GetSpan(segment.Length));
                    body.Advance(segment.Length);
                }

                reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    return body;
                }
            }
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            // What the web server cannot make sense of, as the size of a chunk; or the client is gone.
            body.Dispose();
            throw new StatusException(StatusErrors.BadRequest($"the body of the request cannot be read: {e.Message}").Status, e);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }
}
