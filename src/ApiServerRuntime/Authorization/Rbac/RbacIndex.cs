using System.Collections.Immutable;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Authentication;

namespace KubeFed.ApiServerRuntime.Authorization.Rbac;

/// <summary>
/// All roles, and all bindings by whom they are for, so that a decision looks only at what concerns the user. Immutable: a change makes
/// another index that shares what did not change.
/// </summary>
public sealed class RbacIndex
{
    private readonly ImmutableDictionary<RbacRoleKey, IReadOnlyList<RbacRule>> _roles;
    private readonly ImmutableDictionary<RbacRoleKey, RbacBinding> _bindings;
    private readonly ImmutableDictionary<RbacSubjectKey, ImmutableArray<RbacGrant>> _grants;

    private RbacIndex(
        ImmutableDictionary<RbacRoleKey, IReadOnlyList<RbacRule>> roles,
        ImmutableDictionary<RbacRoleKey, RbacBinding> bindings,
        ImmutableDictionary<RbacSubjectKey, ImmutableArray<RbacGrant>> grants)
    {
        _roles = roles;
        _bindings = bindings;
        _grants = grants;
    }

    /// <summary>Nobody may do anything.</summary>
    public static RbacIndex Empty { get; } = new(
        ImmutableDictionary<RbacRoleKey, IReadOnlyList<RbacRule>>.Empty,
        ImmutableDictionary<RbacRoleKey, RbacBinding>.Empty,
        ImmutableDictionary<RbacSubjectKey, ImmutableArray<RbacGrant>>.Empty);

    /// <summary>An index in which a role or binding is as given, whether it was there or not. Objects of other kinds change nothing.</summary>
    public RbacIndex With(KubeObject @object)
    {
        ArgumentNullException.ThrowIfNull(@object);
        var key = new RbacRoleKey(@object.Metadata.Namespace, @object.Metadata.Name);
        return @object.Kind switch
        {
            RbacNames.ClusterRole or RbacNames.Role => new RbacIndex(_roles.SetItem(key, RbacRule.ReadAll(@object.GetNode("rules"))), _bindings, _grants),
            RbacNames.ClusterRoleBinding or RbacNames.RoleBinding => Rebound(key, RbacBinding.Read(@object)),
            _ => this,
        };
    }

    /// <summary>An index without a role or binding.</summary>
    public RbacIndex Without(KubeObject @object)
    {
        ArgumentNullException.ThrowIfNull(@object);
        var key = new RbacRoleKey(@object.Metadata.Namespace, @object.Metadata.Name);
        return @object.Kind switch
        {
            RbacNames.ClusterRole or RbacNames.Role => new RbacIndex(_roles.Remove(key), _bindings, _grants),
            RbacNames.ClusterRoleBinding or RbacNames.RoleBinding => Rebound(key, null),
            _ => this,
        };
    }

    /// <summary>Allows what a role allows that is bound to the user or one of the user's groups; no opinion on anything else.</summary>
    public AuthorizationDecision Decide(AuthorizationAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        List<string>? missing = null;
        var reason = Search(attributes, string.Empty, ref missing);
        if (reason is null && attributes.IsResourceRequest && attributes.Namespace.Length > 0)
        {
            reason = Search(attributes, attributes.Namespace, ref missing);
        }

        return reason is not null ? new AuthorizationDecision(AuthorizationVerdict.Allow, reason)
            : missing is null ? AuthorizationDecision.NoOpinion
            : new AuthorizationDecision(AuthorizationVerdict.NoOpinion, "RBAC: " + Problems.Describe(missing));
    }

    /// <summary>All rules that hold for a user in the whole cluster and in a namespace, if one is given.</summary>
    public IReadOnlyList<RbacRule> RulesFor(UserInfo user, string @namespace, out IReadOnlyList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(user);
        var rules = new List<RbacRule>();
        List<string>? missing = null;
        foreach (var scope in @namespace.Length == 0 ? [string.Empty] : new[] { string.Empty, @namespace })
        {
            foreach (var subject in SubjectsOf(user, scope))
            {
                foreach (var grant in GrantsOf(subject))
                {
                    rules.AddRange(RulesOf(grant.Role, ref missing) ?? []);
                }
            }
        }

        problems = missing ?? [];
        return rules;
    }

    /// <summary>The rules of a role; null when there is no such role.</summary>
    internal IReadOnlyList<RbacRule>? RulesOf(RbacRoleKey role) => _roles.GetValueOrDefault(role);

    private static IEnumerable<RbacSubjectKey> SubjectsOf(UserInfo user, string @namespace) =>
        user.Groups.Distinct(StringComparer.Ordinal).Select(group => new RbacSubjectKey(@namespace, true, group)).Prepend(new RbacSubjectKey(@namespace, false, user.Name));

    private static void Note(ref List<string>? missing, string problem)
    {
        missing ??= [];
        if (!missing.Contains(problem))
        {
            missing.Add(problem);
        }
    }

    private string? Search(AuthorizationAttributes attributes, string @namespace, ref List<string>? missing)
    {
        var reason = Search(attributes, new RbacSubjectKey(@namespace, false, attributes.User.Name), ref missing);
        var groups = attributes.User.Groups;
        for (var i = 0; i < groups.Count && reason is null; i++)
        {
            reason = Search(attributes, new RbacSubjectKey(@namespace, true, groups[i]), ref missing);
        }

        return reason;
    }

    private string? Search(AuthorizationAttributes attributes, RbacSubjectKey subject, ref List<string>? missing)
    {
        foreach (var grant in GrantsOf(subject))
        {
            var rules = RulesOf(grant.Role, ref missing);
            for (var i = 0; rules is not null && i < rules.Count; i++)
            {
                if (rules[i].Allows(attributes))
                {
                    return grant.Reason;
                }
            }
        }

        return null;
    }

    private IReadOnlyList<RbacRule>? RulesOf(RbacRoleKey role, ref List<string>? missing)
    {
        if (_roles.TryGetValue(role, out var rules))
        {
            return rules;
        }

        Note(ref missing, role.NotFound);
        return null;
    }

    private ImmutableArray<RbacGrant> GrantsOf(RbacSubjectKey subject) => _grants.TryGetValue(subject, out var grants) ? grants : [];

    private RbacIndex Rebound(RbacRoleKey key, RbacBinding? binding)
    {
        var grants = _grants.ToBuilder();
        if (_bindings.TryGetValue(key, out var old))
        {
            foreach (var (subject, grant) in old.Grants)
            {
                var rest = grants[subject].Remove(grant);
                if (rest.IsEmpty)
                {
                    grants.Remove(subject);
                }
                else
                {
                    grants[subject] = rest;
                }
            }
        }

        foreach (var (subject, grant) in binding?.Grants ?? new Dictionary<RbacSubjectKey, RbacGrant>())
        {
            grants[subject] = Inserted(grants.TryGetValue(subject, out var present) ? present : [], grant);
        }

        return new RbacIndex(_roles, binding is null ? _bindings.Remove(key) : _bindings.SetItem(key, binding), grants.ToImmutable());
    }

    // Kept in the order of the bindings' names, so that the reasons do not depend on the order of writes.
    private static ImmutableArray<RbacGrant> Inserted(ImmutableArray<RbacGrant> grants, RbacGrant grant)
    {
        var at = 0;
        while (at < grants.Length && string.CompareOrdinal(grants[at].Binding, grant.Binding) < 0)
        {
            at++;
        }

        return grants.Insert(at, grant);
    }

    private static class Problems
    {
        public static string Describe(List<string> problems) => problems.Count == 1 ? problems[0] : $"[{string.Join(", ", problems)}]";
    }
}
