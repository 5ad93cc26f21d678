using KubeFed.ApiServerRuntime.Authentication;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Tests.Hosting;

/// <summary>Believes the header X-User; without it everybody is the administrator. "nobody" is refused.</summary>
internal sealed class FakeAuthenticator : IAuthenticator
{
    public ValueTask<AuthenticationOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(context.Request.Headers["X-User"].ToString() switch
        {
            "nobody" => AuthenticationOutcome.Refused("nobody"),
            "" => AuthenticationOutcome.Success(new UserInfo { Name = "admin", Groups = ["system:masters", "system:authenticated"] }),
            var name => AuthenticationOutcome.Success(new UserInfo { Name = name, Groups = ["system:authenticated"] }),
        });
}
