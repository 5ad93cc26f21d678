namespace KubeFed.ApiServerRuntime.Authorization.Rbac;

/// <summary>A role that a binding gives to a subject.</summary>
/// <param name="Binding">The binding's name.</param>
/// <param name="Role">The role.</param>
/// <param name="Reason">Why something that the role allows is allowed.</param>
internal sealed record RbacGrant(string Binding, RbacRoleKey Role, string Reason);
