using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>403 for whoever may not do what is asked for.</summary>
internal sealed class AuthorizationFilter(RequestDelegate next, IAuthorizer authorizer, ILogger logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        ApiRequest request = ApiRequest.Of(context);
        await RequireAsync(authorizer, AttributesOf(request), logger, request.Cancellation);
        await next(context);
    }

    /// <exception cref="StatusException">403: it is not allowed. 500: that could not be found out.</exception>
    public static async ValueTask RequireAsync(
        IAuthorizer authorizer, AuthorizationAttributes attributes, ILogger logger, CancellationToken cancellationToken)
    {
        AuthorizationDecision decision;
        try
        {
            decision = await authorizer.AuthorizeAsync(attributes, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever keeps an authorizer from deciding refuses the request.
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            ApiServerLog.AuthorizationFailed(logger, attributes.Verb, attributes.IsResourceRequest ? attributes.Resource : attributes.Path, e);
            throw StatusErrors.InternalError("whether this is allowed could not be found out");
        }

        if (decision.Verdict != AuthorizationVerdict.Allow)
        {
            throw Denial.Of(attributes, decision.Reason);
        }
    }

    private static AuthorizationAttributes AttributesOf(ApiRequest request)
    {
        RequestInfo info = request.Info;
        return new AuthorizationAttributes
        {
            User = request.User,
            Verb = info.Verb,
            IsResourceRequest = info.IsResourceRequest,
            Group = info.Group,
            Version = info.Version,
            Resource = info.Resource,
            Subresource = info.Subresource,
            Namespace = info.Namespace,
            Name = info.Name,
            Path = info.IsResourceRequest ? string.Empty : info.Path,
        };
    }
}
