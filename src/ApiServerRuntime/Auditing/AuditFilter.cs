using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Hosting;
using KubeFed.ApiServerRuntime.Requests;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>
/// Writes who did what when, as audit.k8s.io/v1 events, one JSON object a line, as a policy says. Whatever it says, bodies of secrets and tokens are never
/// written: resources whose name ends in <c>secrets</c>, <c>tokenreviews</c>, and the subresource <c>token</c>. Bodies beyond 3 MiB are left out.
/// Requests that fail authentication are written with an empty user.
/// </summary>
/// <param name="policy">What is written.</param>
/// <param name="log">Where; not closed by the filter.</param>
/// <param name="time">The clock of the events.</param>
public sealed class AuditFilter(AuditPolicy policy, AuditLog log, TimeProvider time) : IRequestFilter
{
    private const int ClientGone = 499;

    /// <inheritdoc/>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(next);
        var request = ApiRequest.Of(context);
        var decision = policy.Decide(request.User, request.Info);
        return decision.Level == AuditLevel.None ? next(context) : AuditAsync(context, next, request, decision);
    }

    private static bool HoldsSecrets(RequestInfo info) =>
        info.Resource.EndsWith("secrets", StringComparison.Ordinal) || info.Resource == "tokenreviews" || info.Subresource == "token";

    private async Task AuditAsync(HttpContext context, RequestDelegate next, ApiRequest request, AuditDecision decision)
    {
        if (decision.Level > AuditLevel.Metadata && HoldsSecrets(request.Info))
        {
            decision = decision with { Level = AuditLevel.Metadata };
        }

        var trail = new AuditTrail(context, request, decision, time);
        await WriteAsync(AuditStage.RequestReceived, null);
        var ended = false;
        if (request.IsLongRunning)
        {
            context.Response.OnStarting(() => ended ? Task.CompletedTask : WriteAsync(AuditStage.ResponseStarted, context.Response.StatusCode));
        }

        var endCapture = trail.CaptureBodies();
        try
        {
            await next(context);
            ended = true;
            await endCapture(true);
        }
        catch (Exception e)
        {
            ended = true;
            await endCapture(false);
            await WriteFailureAsync(e);
            throw;
        }

        await WriteAsync(AuditStage.ResponseComplete, context.Response.StatusCode);

        Task WriteFailureAsync(Exception error) => error switch
        {
            StatusException status => WriteAsync(AuditStage.ResponseComplete, status.Code, status.Status),
            BadHttpRequestException bad => WriteAsync(AuditStage.ResponseComplete, bad.StatusCode),
            OperationCanceledException when context.RequestAborted.IsCancellationRequested => WriteAsync(AuditStage.ResponseComplete, ClientGone),
            OperationCanceledException when request.Cancellation.IsCancellationRequested => WriteAsync(AuditStage.ResponseComplete, StatusCodes.Status504GatewayTimeout),
            _ => WriteAsync(AuditStage.Panic, StatusCodes.Status500InternalServerError),
        };

        Task WriteAsync(AuditStage stage, int? code, Status? failure = null) => decision.OmitStages.Contains(stage)
            ? Task.CompletedTask
            : log.WriteAsync(trail.Line(stage, code, failure), stage == AuditStage.RequestReceived ? request.Cancellation : CancellationToken.None).AsTask();
    }
}
