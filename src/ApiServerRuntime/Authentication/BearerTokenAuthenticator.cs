using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Authentication;

/// <summary>Reads <c>Authorization: Bearer</c>, takes the header away and asks the token authenticators in order.</summary>
public sealed class BearerTokenAuthenticator(params IReadOnlyList<ITokenAuthenticator> tokens) : IAuthenticator
{
    private const string Scheme = "Bearer ";

    /// <inheritdoc/>
    public async ValueTask<AuthenticationOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        string? header = context.Request.Headers.Authorization;
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header.AsSpan(Scheme.Length).Trim().IsEmpty)
        {
            return AuthenticationOutcome.NotPresent;
        }

        var token = header[Scheme.Length..].Trim();
        foreach (var authenticator in tokens)
        {
            var outcome = await authenticator.AuthenticateAsync(token, cancellationToken);
            if (outcome != AuthenticationOutcome.NotPresent)
            {
                context.Request.Headers.Remove("Authorization");
                return outcome;
            }
        }

        return AuthenticationOutcome.Refused("the bearer token is nobody's");
    }
}
