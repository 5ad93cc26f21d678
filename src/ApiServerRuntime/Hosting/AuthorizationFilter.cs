using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Validation;
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
            throw Forbidden(attributes, decision.Reason);
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

    private static StatusException Forbidden(AuthorizationAttributes attributes, string? reason)
    {
        string message = Message(attributes) + (!string.IsNullOrEmpty(reason) ? $": {reason}" : string.Empty);
        return attributes.IsResourceRequest
            ? StatusErrors.Forbidden(new GroupResource(attributes.Group, attributes.Resource), attributes.Name, message)
            : new StatusException(new Status
            {
                Outcome = "Failure",
                Code = StatusCodes.Status403Forbidden,
                Reason = StatusReason.Forbidden,
                Message = $"forbidden: {message}",
                Details = new StatusDetails(),
            });
    }

    private static string Message(AuthorizationAttributes attributes)
    {
        string who = $"User {GoQuote.Quote(attributes.User.Name)} cannot {attributes.Verb}";
        if (!attributes.IsResourceRequest)
        {
            return $"{who} path {GoQuote.Quote(attributes.Path)}";
        }

        string resource = attributes.Subresource.Length > 0 ? $"{attributes.Resource}/{attributes.Subresource}" : attributes.Resource;
        string where = attributes.Namespace.Length > 0 ? $"in the namespace {GoQuote.Quote(attributes.Namespace)}" : "at the cluster scope";
        return $"{who} resource {GoQuote.Quote(resource)} in API group {GoQuote.Quote(attributes.Group)} {where}";
    }
}
