namespace KubeFed.ApiServerRuntime.Authentication;

/// <summary>Finds out whose a bearer token is.</summary>
public interface ITokenAuthenticator
{
    /// <summary>
    /// Looks at a token. <see cref="AuthenticationOutcome.NotPresent"/> for a token that is not of this authenticator's making. An exception
    /// means that it could not be found out: the request answers 401 and the reason is logged.
    /// </summary>
    ValueTask<AuthenticationOutcome> AuthenticateAsync(string token, CancellationToken cancellationToken);
}
