using System.Diagnostics.Metrics;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Hosting;
using KubeFed.ApiServerRuntime.Requests;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Fairness;

/// <summary>
/// Limits how many requests are answered at once, by priority level and fairly among the users of a level, so that one noisy client starves nobody
/// else and no crowd of clients starves the system. A request that finds no seat waits a while in a bounded queue, then it is answered 429 with
/// Retry-After 1. A watch holds its seat only until its answer begins.
/// </summary>
public sealed class FairnessFilter : IRequestFilter
{
    private const int RetryAfterSeconds = 1;

    private readonly PriorityLevels _levels;

    /// <summary>Creates the filter.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="time">The clock of waits.</param>
    /// <param name="meters">Where to count, on the meter <c>KubeFed.ApiServerRuntime.Fairness</c>; null for nowhere.</param>
    /// <exception cref="ArgumentException">A limit makes no sense.</exception>
    public FairnessFilter(FairnessOptions options, TimeProvider time, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join("; ", problems), nameof(options));
        }

        var metrics = meters is null ? null : new FairnessMetrics(meters, () => _levels!.All);
        _levels = new PriorityLevels(options, time, metrics is null ? null : metrics.Waited);
    }

    internal PriorityLevels Levels => _levels;

    /// <inheritdoc/>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(next);
        var request = ApiRequest.Of(context);
        return _levels.Find(request) is not { } level ? next(context)
            : request.IsLongRunning ? BeginAsync(context, next, level, request)
            : RunAsync(context, next, level, request);
    }

    private static async Task RunAsync(HttpContext context, RequestDelegate next, PriorityLevel level, ApiRequest request)
    {
        var user = request.User.Name;
        Require(await level.EnterAsync(user, request.Cancellation));
        try
        {
            await next(context);
        }
        finally
        {
            level.Leave(user);
        }
    }

    private static async Task BeginAsync(HttpContext context, RequestDelegate next, PriorityLevel level, ApiRequest request)
    {
        var user = request.User.Name;
        Require(await level.EnterAsync(user, request.Cancellation));
        var seat = new SeatHolder(level, user);
        context.Response.OnStarting(
            static state =>
            {
                ((SeatHolder)state).GiveBack();
                return Task.CompletedTask;
            },
            seat);
        try
        {
            await next(context);
        }
        finally
        {
            seat.GiveBack();
        }
    }

    private static void Require(SeatOutcome outcome)
    {
        if (outcome != SeatOutcome.Taken)
        {
            throw StatusErrors.TooManyRequests("too many requests, please try again later", RetryAfterSeconds);
        }
    }
}
