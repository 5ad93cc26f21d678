using KubeFed.ApiServerRuntime.Authentication;

namespace KubeFed.ApiServerRuntime.Authorization.Rbac;

/// <summary>
/// Decides by roles and the bindings of them to users, groups and service accounts, as rbac.authorization.k8s.io/v1 says. It allows or has no
/// opinion, and never denies. Safe for concurrent use.
/// </summary>
public sealed class RbacAuthorizer(IRbacSource source) : IAuthorizer, IRuleResolver
{
    /// <inheritdoc/>
    public ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationAttributes attributes, CancellationToken cancellationToken) =>
        ValueTask.FromResult(source.Current.Decide(attributes));

    /// <inheritdoc/>
    public IReadOnlyList<RbacRule> RulesFor(UserInfo user, string @namespace, out IReadOnlyList<string> problems) =>
        source.Current.RulesFor(user, @namespace, out problems);

    /// <summary>The rules of a role; null when there is no such role.</summary>
    internal IReadOnlyList<RbacRule>? RulesOf(RbacRoleKey role) => source.Current.RulesOf(role);
}
