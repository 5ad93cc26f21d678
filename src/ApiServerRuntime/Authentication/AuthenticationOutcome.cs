namespace KubeFed.ApiServerRuntime.Authentication;

/// <summary>What an authenticator found in a request.</summary>
public readonly record struct AuthenticationOutcome
{
    private AuthenticationOutcome(UserInfo? user, string? refusal)
    {
        User = user;
        Refusal = refusal;
    }

    /// <summary>The request carries nothing that this authenticator reads: the next one is asked.</summary>
    public static AuthenticationOutcome NotPresent => default;

    /// <summary>Who it is; null when nobody was found.</summary>
    public UserInfo? User { get; }

    /// <summary>Why the credentials are refused, for the log: the request answers 401 and is never anonymous. Null when they are not.</summary>
    public string? Refusal { get; }

    /// <summary>The request is that user's.</summary>
    public static AuthenticationOutcome Success(UserInfo user) => new(user, null);

    /// <summary>The request carries credentials that are wrong.</summary>
    public static AuthenticationOutcome Refused(string why) => new(null, why);
}
