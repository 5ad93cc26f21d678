using KubeFed.ApiMachinery.Errors;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Negotiation;

/// <summary>Answers with a failure. A filter may as well throw the <see cref="StatusException"/>: the chain answers it in this way.</summary>
public static class ErrorResponse
{
    /// <summary>Sends the Status in the form that the client accepts, with Retry-After where it gives advice. The response must not have begun.</summary>
    public static Task WriteAsync(HttpContext context, StatusException error)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(error);
        return ResponseWriter.SendStatusAsync(context, error.Status, error.Code is >= 400 and < 600 ? error.Code : 500).AsTask();
    }
}
