using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Authentication;

/// <summary>
/// Asks authenticators in order; the first that knows or refuses decides. Who is found gets the group <c>system:authenticated</c>. A request
/// without credentials is anonymous; one with wrong credentials never is.
/// </summary>
public sealed class RequestAuthenticator(IReadOnlyList<IAuthenticator> authenticators, ILogger logger) : IAuthenticator
{
    private const string Authenticated = "system:authenticated";

    /// <inheritdoc/>
    public async ValueTask<AuthenticationOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        AuthenticationOutcome decided = default;
        foreach (var authenticator in authenticators)
        {
            var outcome = decided == default || authenticator is RequestHeaderAuthenticator
                ? await AskAsync(authenticator, context, cancellationToken)
                : AuthenticationOutcome.NotPresent;
            decided = decided == default ? outcome : decided;
        }

        if (decided.Refusal is { } refusal)
        {
            AuthenticationLog.Refused(logger, context.Connection.RemoteIpAddress?.ToString() ?? "unknown", refusal);
            return decided;
        }

        return AuthenticationOutcome.Success(decided.User is { } user ? WithGroup(user) : UserInfo.Anonymous);
    }

    private static UserInfo WithGroup(UserInfo user) =>
        user.Name == UserInfo.Anonymous.Name || user.Groups.Contains(Authenticated, StringComparer.Ordinal)
            ? user
            : user with { Groups = [.. user.Groups, Authenticated] };

    private static async ValueTask<AuthenticationOutcome> AskAsync(IAuthenticator authenticator, HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await authenticator.AuthenticateAsync(context, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever goes wrong while finding out who asks, the request is nobody's.
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return AuthenticationOutcome.Refused(e.Message);
        }
    }
}
