using System.Globalization;
using System.Net;
using KubeFed.ApiMachinery.Errors;
using KubeFed.KubeClient.Transport;
using Microsoft.Extensions.Logging;

namespace KubeFed.KubeClient.Dynamic;

/// <summary>Sends requests within their time, tries again what may be tried again, and turns failures into exceptions.</summary>
internal sealed class RequestSender(IKubeTransport transport, DynamicClientOptions options, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ReconnectStep = TimeSpan.FromMilliseconds(100);

    /// <summary>Sends and reads the 2xx answer; the reader is run again where the connection breaks under a read.</summary>
    public async Task<T> SendAsync<T>(
        KubeRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(request.Timeout, time, cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var outcome = await TryAsync(request, read, attempt, deadline);
                if (outcome.Wait is not { } wait)
                {
                    return outcome.Value!;
                }

                await Task.Delay(wait, time, deadline.Token);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Explain(request, deadline, e);
        }
    }

    /// <summary>Sends once and reads the answer whatever its code.</summary>
    public async Task<T> SendOnceAsync<T>(
        KubeRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(request.Timeout, time, cancellationToken);
        try
        {
            using var message = Message(request, deadline);
            using var response = await transport.SendAsync(message, deadline.Token);
            return await read(response, deadline.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Explain(request, deadline, e);
        }
    }

    /// <summary>Sends once and returns the 2xx answer with its body unread; the caller disposes it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(KubeRequest request, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(request.Timeout, time, cancellationToken);
        HttpResponseMessage? response = null;
        try
        {
            using var message = Message(request, deadline);
            response = await transport.SendAsync(message, deadline.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw await StatusDecoder.ReadAsync(request, response, time, deadline.Token);
            }

            var opened = response;
            response = null;
            return opened;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Explain(request, deadline, e);
        }
        finally
        {
            response?.Dispose();
        }
    }

    private HttpRequestMessage Message(KubeRequest request, Deadline deadline)
    {
        var message = request.ToMessage(transport.BaseAddress);
        deadline.Govern(message);
        return message;
    }

    private async Task<Outcome<T>> TryAsync<T>(
        KubeRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, int attempt, Deadline deadline)
    {
        try
        {
            using var message = Message(request, deadline);
            using var response = await transport.SendAsync(message, deadline.Token);
            if (response.IsSuccessStatusCode)
            {
                return new Outcome<T>(await read(response, deadline.Token), null);
            }

            var error = await StatusDecoder.ReadAsync(request, response, time, deadline.Token);
            if (!MayTryAgain(request, response, attempt, deadline, out var wait))
            {
                throw error;
            }

            DynamicLog.RetryAfter(logger, request.Describe(), error.Code, wait, attempt);
            return new Outcome<T>(default, wait);
        }
        catch (Exception e) when (request.IsRead && attempt <= options.ConnectionRetries && IsBrokenConnection(e))
        {
            DynamicLog.ConnectionBroke(logger, request.Describe(), e.Message, attempt);
            return new Outcome<T>(default, ReconnectStep * attempt);
        }
    }

    /// <summary>A 429 says that nothing was done; a 503 may come from a proxy that lost the server after it had taken the request.</summary>
    private bool MayTryAgain(KubeRequest request, HttpResponseMessage response, int attempt, Deadline deadline, out TimeSpan wait)
    {
        wait = default;
        var mayRepeat = response.StatusCode == HttpStatusCode.TooManyRequests
            || (response.StatusCode == HttpStatusCode.ServiceUnavailable && request.IsIdempotent);
        if (!mayRepeat
            || attempt >= options.MaxAttempts
            || StatusDecoder.RetryAfterSeconds(response, time) is not { } seconds)
        {
            return false;
        }

        wait = TimeSpan.FromSeconds(seconds);
        return wait < deadline.Remaining;
    }

    private static bool IsBrokenConnection(Exception e) => e switch
    {
        AnswerTooLargeException => false,
        HttpIOException => true,
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError } => true,
        HttpRequestException { InnerException: IOException } => true,
        IOException => true,
        _ => false,
    };

    /// <summary>Says whether the deadline or the transport's own limit on connecting ended a call.</summary>
    private Exception Explain(KubeRequest request, Deadline deadline, OperationCanceledException e) => deadline.Token.IsCancellationRequested
        ? TimedOut(request, e)
        : new HttpRequestException(HttpRequestError.ConnectionError, $"{transport.BaseAddress.Authority} cannot be reached: {e.Message}", e);

    private StatusException TimedOut(KubeRequest request, OperationCanceledException inner)
    {
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"{transport.BaseAddress.Authority} did not answer {request.Describe()} within {request.Timeout.TotalSeconds:0.###} s");
        return new StatusException(
            new Status { Outcome = "Failure", Code = 504, Reason = StatusReason.Timeout, Message = message },
            new TimeoutException(message, inner));
    }

    private readonly record struct Outcome<T>(T? Value, TimeSpan? Wait);
}
