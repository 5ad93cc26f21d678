using System.Security.Cryptography;
using System.Text;

namespace KubeFed.ApiServerRuntime.Authentication;

/// <summary>Knows a fixed set of tokens. They are kept and compared as digests, so that comparing tells nothing about them.</summary>
public sealed class StaticTokenAuthenticator : ITokenAuthenticator
{
    private readonly Dictionary<string, UserInfo> _users = new(StringComparer.Ordinal);

    /// <summary>Creates the authenticator of some tokens.</summary>
    public StaticTokenAuthenticator(IEnumerable<KeyValuePair<string, UserInfo>> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        foreach (var (token, user) in tokens)
        {
            _users[Digest(token)] = user;
        }
    }

    /// <inheritdoc/>
    public ValueTask<AuthenticationOutcome> AuthenticateAsync(string token, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_users.TryGetValue(Digest(token), out var user) ? AuthenticationOutcome.Success(user) : AuthenticationOutcome.NotPresent);

    private static string Digest(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
