using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Requests;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>Finds out who asks; 401 for whoever is not found, or shows wrong credentials.</summary>
internal sealed class AuthenticationFilter(RequestDelegate next, IAuthenticator authenticator)
{
    public async Task InvokeAsync(HttpContext context)
    {
        ApiRequest request = ApiRequest.Of(context);
        AuthenticationOutcome outcome = await authenticator.AuthenticateAsync(context, request.Cancellation);
        request.User = outcome.User ?? throw StatusErrors.Unauthorized();
        await next(context);
    }
}
