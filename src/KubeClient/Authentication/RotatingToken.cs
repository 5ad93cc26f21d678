namespace KubeFed.KubeClient.Authentication;

/// <summary>
/// A bearer token that its owner replaces while a transport uses it. The next request carries the new one; requests and watches under way go
/// on as they are, since servers look at a token only when a request begins. Safe for concurrent use.
/// </summary>
public sealed class RotatingToken
{
    private volatile Credential _current;

    /// <summary>Begins with a token.</summary>
    /// <exception cref="CredentialException">It is empty, or has characters that no token can have.</exception>
    public RotatingToken(string token) => _current = Make(token);

    internal Credential Current => _current;

    /// <summary>Whether a token is the one in use; blanks around it do not count.</summary>
    public bool Is(string token) => string.Equals(_current.Authorization!.Parameter, token.Trim(), StringComparison.Ordinal);

    /// <summary>Puts another token in place; a request that the server refuses for the old one is sent again with it.</summary>
    /// <exception cref="CredentialException">It is empty, or has characters that no token can have; the old one stays.</exception>
    public void Replace(string token)
    {
        if (!Is(token))
        {
            _current = Make(token);
        }
    }

    /// <summary>Never prints the token.</summary>
    public override string ToString() => "RotatingToken(...)";

    private static Credential Make(string token) => new(BearerToken.Header(token, "token"), null);
}
