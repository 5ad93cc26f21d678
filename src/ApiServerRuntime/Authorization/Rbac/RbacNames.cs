namespace KubeFed.ApiServerRuntime.Authorization.Rbac;

/// <summary>The names of the RBAC API.</summary>
internal static class RbacNames
{
    public const string Group = "rbac.authorization.k8s.io";
    public const string ClusterRole = "ClusterRole";
    public const string Role = "Role";
    public const string ClusterRoleBinding = "ClusterRoleBinding";
    public const string RoleBinding = "RoleBinding";
    public const string UserSubject = "User";
    public const string GroupSubject = "Group";
    public const string ServiceAccountSubject = "ServiceAccount";
}
