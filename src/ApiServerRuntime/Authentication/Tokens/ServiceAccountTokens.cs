using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Authentication.Tokens;

/// <summary>
/// Issues tokens to service accounts and knows them again. A token counts while it is within its time and its service account, and the object that it is
/// bound to, are still those that it was made for: same UID, not deleted. Safe for concurrent use.
/// </summary>
/// <param name="signer">The key.</param>
/// <param name="issuer">Who issues: a URL by custom.</param>
/// <param name="ownAudiences">Whom tokens are for that this server takes; also what a token is for that asks for nothing else.</param>
/// <param name="lookup">Finds service accounts and bound objects.</param>
/// <param name="time">The clock.</param>
public sealed class ServiceAccountTokens(
    TokenSigner signer, string issuer, IReadOnlyList<string> ownAudiences, IServiceAccountLookup lookup, TimeProvider time) : IAudienceTokenAuthenticator
{
    private const string Accounts = "system:serviceaccounts";
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Whom tokens are for that this server takes.</summary>
    public IReadOnlyList<string> Audiences => ownAudiences;

    /// <summary>Issues a token.</summary>
    /// <param name="account">The service account, as it is stored.</param>
    /// <param name="for">Whom it is for; empty for this server.</param>
    /// <param name="lifetime">How long it counts.</param>
    /// <param name="bound">With whose life it ends, besides the account's; null for nothing.</param>
    /// <returns>The token, a secret, and when it ends.</returns>
    public (string Token, DateTimeOffset Expires) Issue(KubeObject account, IReadOnlyList<string> @for, TimeSpan lifetime, BoundObject? bound = null)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(@for);
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var claims = new ServiceAccountClaims
        {
            Issuer = issuer,
            Audiences = @for.Count > 0 ? @for : ownAudiences,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            Id = Guid.NewGuid().ToString(),
            Namespace = account.Metadata.Namespace,
            Name = account.Metadata.Name,
            Uid = account.Metadata.Uid ?? throw new ArgumentException("the service account has no UID", nameof(account)),
            Bound = bound,
        };
        return (signer.Sign(claims.Write()), claims.Expires);
    }

    /// <inheritdoc/>
    public async ValueTask<AuthenticationOutcome> AuthenticateAsync(string token, CancellationToken cancellationToken) =>
        (await AuthenticateAsync(token, ownAudiences, cancellationToken)).Outcome;

    /// <inheritdoc/>
    public async ValueTask<(AuthenticationOutcome Outcome, IReadOnlyList<string> Audiences)> AuthenticateAsync(
        string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (TokenSigner.PeekClaims(token) is not { } peeked || ServiceAccountClaims.IssuerOf(peeked) != issuer)
        {
            return (AuthenticationOutcome.NotPresent, []);
        }

        if (signer.Verify(token) is not { } signed || ServiceAccountClaims.Read(signed) is not { } claims)
        {
            return (AuthenticationOutcome.Refused("the service account token is not signed by this server"), []);
        }

        IReadOnlyList<string> heard = [.. claims.Audiences.Intersect(audiences, StringComparer.Ordinal)];
        if (heard.Count == 0)
        {
            return (AuthenticationOutcome.Refused("the service account token is for another audience"), []);
        }

        return await WhyInvalidAsync(claims, cancellationToken) is { } why
            ? (AuthenticationOutcome.Refused(why), [])
            : (AuthenticationOutcome.Success(UserOf(claims)), heard);
    }

    private static UserInfo UserOf(ServiceAccountClaims claims)
    {
        var extra = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["authentication.kubernetes.io/credential-id"] = [$"JTI={claims.Id}"] };
        if (claims.Bound is { Kind: "Pod" } pod)
        {
            extra["authentication.kubernetes.io/pod-name"] = [pod.Name];
            extra["authentication.kubernetes.io/pod-uid"] = [pod.Uid];
        }

        return new UserInfo { Name = claims.User, Uid = claims.Uid, Groups = [Accounts, $"{Accounts}:{claims.Namespace}"], Extra = extra };
    }

    private async ValueTask<string?> WhyInvalidAsync(ServiceAccountClaims claims, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now >= claims.Expires)
        {
            return "the service account token has expired";
        }

        if (now + ClockSkew < claims.NotBefore)
        {
            return "the service account token is not valid yet";
        }

        if (!await LivesAsync("ServiceAccount", claims.Namespace, claims.Name, claims.Uid, cancellationToken))
        {
            return "the token's service account is gone";
        }

        return claims.Bound is { } bound && !await LivesAsync(bound.Kind, claims.Namespace, bound.Name, bound.Uid, cancellationToken)
            ? $"the token's {bound.Kind} is gone"
            : null;
    }

    private async ValueTask<bool> LivesAsync(string kind, string @namespace, string name, string uid, CancellationToken cancellationToken) =>
        await lookup.FindAsync(kind, @namespace, name, cancellationToken) is { } found && found.Metadata.Uid == uid && !found.Metadata.IsDeleting;
}
