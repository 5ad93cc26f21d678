using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Negotiation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>
/// Turns every exception of the chain into an answer: a failure that a client caused into its Status, anything else into a 500 and a log line.
/// An answer that has begun already is cut, so that the client sees that it is not whole.
/// </summary>
internal sealed class PanicFilter(RequestDelegate next, ILogger logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Exception) when (context.Response.HasStarted && context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (StatusException e)
        {
            await AnswerAsync(context, e);
        }
        catch (BadHttpRequestException e)
        {
            await AnswerAsync(context, OfHttp(e));
        }
#pragma warning disable CA1031 // Whatever a handler throws must not take the server down, nor leave a client without an answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            ApiServerLog.RequestPanicked(logger, context.Request.Method, context.Request.Path.Value ?? string.Empty, e);
            await AnswerAsync(context, StatusErrors.InternalError("the request failed in a way that it must not; the log of the server says more"));
        }
    }

    private static Task AnswerAsync(HttpContext context, StatusException error)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        // Headers of the success that did not come about.
        context.Response.Headers.ContentEncoding = default;
        context.Response.ContentLength = null;
        return ErrorResponse.WriteAsync(context, error);
    }

    private static StatusException OfHttp(BadHttpRequestException error) => error.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => BodyReader.TooLarge(),
        StatusCodes.Status408RequestTimeout => StatusErrors.Timeout("the body of the request came too slowly", 1),
        _ => StatusErrors.BadRequest(error.Message),
    };
}
