using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>Serves requests as somebody else, for those who have the right to impersonate them.</summary>
internal sealed class ImpersonationFilter(RequestDelegate next, IAuthorizer authorizer, ILogger logger)
{
    public Task InvokeAsync(HttpContext context) =>
        ImpersonationHeaders.Read(context.Request.Headers) is { } headers ? ImpersonateAsync(context, headers) : next(context);

    private async Task ImpersonateAsync(HttpContext context, ImpersonationHeaders headers)
    {
        ApiRequest request = ApiRequest.Of(context);
        UserInfo requester = request.User;
        foreach (AuthorizationAttributes right in headers.RequiredRights(requester))
        {
            await AuthorizationFilter.RequireAsync(authorizer, right, logger, request.Cancellation);
        }

        ImpersonationHeaders.Remove(context.Request.Headers);
        request.Impersonator = requester;
        request.User = headers.ToUser();
        await next(context);
    }
}
