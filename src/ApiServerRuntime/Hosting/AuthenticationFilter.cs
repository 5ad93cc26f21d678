using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Requests;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>Finds out who asks; 401 for whoever is not found, or shows wrong credentials, as somebody without a name.</summary>
/// <param name="next">What follows for who is found.</param>
/// <param name="audit">Sees the refusals; null without an audit.</param>
/// <param name="authenticator">Who finds out.</param>
internal sealed class AuthenticationFilter(RequestDelegate next, IRequestFilter? audit, IAuthenticator authenticator)
{
    private static readonly UserInfo Nobody = new() { Name = string.Empty };

    public async Task InvokeAsync(HttpContext context)
    {
        ApiRequest request = ApiRequest.Of(context);
        AuthenticationOutcome outcome = await authenticator.AuthenticateAsync(context, request.Cancellation);
        request.User = outcome.User ?? Nobody;
        await (outcome.User is not null ? next(context) : audit is null ? RefuseAsync(context) : audit.InvokeAsync(context, RefuseAsync));
    }

    private static Task RefuseAsync(HttpContext context) => throw StatusErrors.Unauthorized();
}
