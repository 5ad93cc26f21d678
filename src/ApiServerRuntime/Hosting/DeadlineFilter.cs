using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Requests;
using KubeFed.ComponentBase.Options;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>Ends requests that take too long with 504; watches have an end of their own.</summary>
internal sealed class DeadlineFilter(RequestDelegate next, ApiServerOptions options, ILogger logger)
{
    private readonly DeadlinePool _pool = new(options.Time);

    public Task InvokeAsync(HttpContext context)
    {
        ApiRequest request = ApiRequest.Of(context);
        return request.IsLongRunning ? next(context) : InvokeInTimeAsync(context, request);
    }

    private async Task InvokeInTimeAsync(HttpContext context, ApiRequest request)
    {
        TimeSpan timeout = TimeoutOf(context.Request, request);
        CancellationTokenSource deadline = _pool.Rent(timeout);
        CancellationTokenRegistration aborted = context.RequestAborted.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), deadline);
        request.Cancellation = deadline.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            ApiServerLog.RequestTimedOut(logger, context.Request.Method, request.Info.Path, timeout.TotalSeconds);
            throw StatusErrors.Timeout("request did not complete within requested timeout - context deadline exceeded", 0);
        }
        finally
        {
            await aborted.DisposeAsync();
            _pool.Return(deadline);
        }
    }

    private TimeSpan TimeoutOf(HttpRequest http, ApiRequest request)
    {
        TimeSpan longest = request.IsMutating ? options.MutationTimeout : options.RequestTimeout;
        string text = http.QueryString.HasValue ? http.Query["timeout"].ToString() : string.Empty;
        if (text.Length == 0)
        {
            return longest;
        }

        if (!GoDuration.TryParse(text, out TimeSpan wanted))
        {
            throw StatusErrors.BadRequest($"invalid timeout specified in the request URL - time: invalid duration {ApiMachinery.Validation.GoQuote.Quote(text)}");
        }

        return wanted <= TimeSpan.Zero || wanted > longest ? longest : wanted;
    }
}
