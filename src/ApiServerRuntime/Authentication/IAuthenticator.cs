using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Authentication;

/// <summary>Finds out who makes a request, from one kind of credentials.</summary>
public interface IAuthenticator
{
    /// <summary>
    /// Looks at the request, and takes away the headers that it trusted so that nothing behind it sees them. The server adds the group
    /// <c>system:authenticated</c> to who was found.
    /// </summary>
    ValueTask<AuthenticationOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken);
}
