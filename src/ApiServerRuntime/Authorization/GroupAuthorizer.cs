namespace KubeFed.ApiServerRuntime.Authorization;

/// <summary>Allows everything to the members of some groups, as <c>system:masters</c>.</summary>
public sealed class GroupAuthorizer(params IReadOnlyList<string> groups) : IAuthorizer
{
    /// <inheritdoc/>
    public ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationAttributes attributes, CancellationToken cancellationToken)
    {
        foreach (var group in attributes.User.Groups)
        {
            if (groups.Contains(group, StringComparer.Ordinal))
            {
                return ValueTask.FromResult(AuthorizationDecision.Allow);
            }
        }

        return ValueTask.FromResult(AuthorizationDecision.NoOpinion);
    }
}
