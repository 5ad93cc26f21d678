using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization.Rbac;

namespace KubeFed.ApiServerRuntime.Authorization;

/// <summary>Lists what somebody may do, where that can be listed.</summary>
public interface IRuleResolver
{
    /// <summary>The rules that hold for a user in a namespace and in the whole cluster; those of the whole cluster alone for an empty namespace.</summary>
    /// <param name="user">Who.</param>
    /// <param name="namespace">Where; may be empty.</param>
    /// <param name="problems">What could not be found out, as a role that a binding names and that does not exist; empty when nothing.</param>
    IReadOnlyList<RbacRule> RulesFor(UserInfo user, string @namespace, out IReadOnlyList<string> problems);
}
