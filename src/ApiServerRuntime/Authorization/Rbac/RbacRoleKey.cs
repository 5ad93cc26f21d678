namespace KubeFed.ApiServerRuntime.Authorization.Rbac;

/// <summary>Names a role.</summary>
/// <param name="Namespace">The namespace of a Role; empty for a ClusterRole.</param>
/// <param name="Name">The name.</param>
internal readonly record struct RbacRoleKey(string Namespace, string Name)
{
    /// <summary>The role that a binding's <c>roleRef</c> names.</summary>
    public static RbacRoleKey Of(string kind, string name, string bindingNamespace) =>
        new(kind == RbacNames.Role ? bindingNamespace : string.Empty, name);

    /// <summary>What to say when there is no such role.</summary>
    public string NotFound => $"{(Namespace.Length == 0 ? "clusterrole" : "role")}.{RbacNames.Group} \"{Name}\" not found";
}
