namespace KubeFed.ApiServerRuntime.Authorization.Rbac;

/// <summary>For whom a binding holds, and where.</summary>
/// <param name="Namespace">The namespace; empty for the whole cluster.</param>
/// <param name="IsGroup">Whether it is a group and not a user; a service account is the user of its name.</param>
/// <param name="Name">The name of the group or user.</param>
internal readonly record struct RbacSubjectKey(string Namespace, bool IsGroup, string Name);
