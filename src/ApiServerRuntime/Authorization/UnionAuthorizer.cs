namespace KubeFed.ApiServerRuntime.Authorization;

/// <summary>Asks authorizers in order; the first with an opinion decides. Nobody's opinion is no, with all the reasons given.</summary>
public sealed class UnionAuthorizer(params IReadOnlyList<IAuthorizer> authorizers) : IAuthorizer
{
    /// <inheritdoc/>
    public async ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationAttributes attributes, CancellationToken cancellationToken)
    {
        var reason = string.Empty;
        foreach (var authorizer in authorizers)
        {
            var decision = await authorizer.AuthorizeAsync(attributes, cancellationToken);
            if (decision.Verdict != AuthorizationVerdict.NoOpinion)
            {
                return decision;
            }

            reason = decision.Reason.Length == 0 ? reason : reason.Length == 0 ? decision.Reason : $"{reason}; {decision.Reason}";
        }

        return new AuthorizationDecision(AuthorizationVerdict.NoOpinion, reason);
    }
}
