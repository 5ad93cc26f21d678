namespace KubeFed.ApiServerRuntime.Authentication;

/// <summary>Finds out whose a bearer token is, and for which of some audiences.</summary>
public interface IAudienceTokenAuthenticator : ITokenAuthenticator
{
    /// <summary>Looks at a token as <see cref="ITokenAuthenticator.AuthenticateAsync"/> does.</summary>
    /// <param name="token">The token.</param>
    /// <param name="audiences">The audiences that count.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The outcome, and those of the audiences that the token is for; a token that is for none of them is refused.</returns>
    ValueTask<(AuthenticationOutcome Outcome, IReadOnlyList<string> Audiences)> AuthenticateAsync(
        string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken);
}
