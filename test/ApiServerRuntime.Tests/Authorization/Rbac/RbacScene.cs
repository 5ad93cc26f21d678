using System.Text;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Authorization.Rbac;

namespace KubeFed.ApiServerRuntime.Tests.Authorization.Rbac;

/// <summary>Short ways to write roles, bindings and questions.</summary>
internal static class RbacScene
{
    public const string Reads = """{"verbs":["get","list"],"apiGroups":[""],"resources":["pods"]}""";

    public static KubeObject Object(string json) => KubeObject.Parse(Encoding.UTF8.GetBytes(json));

    public static KubeObject ClusterRole(string name, params string[] rules) =>
        Object($$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"{{name}}"},"rules":[{{string.Join(',', rules)}}]}""");

    public static KubeObject Role(string @namespace, string name, params string[] rules) =>
        Object($$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"{{name}}","namespace":"{{@namespace}}"},"rules":[{{string.Join(',', rules)}}]}""");

    public static KubeObject ClusterRoleBinding(string name, string role, params string[] subjects) =>
        Object($$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"{{name}}"},"roleRef":{"kind":"ClusterRole","name":"{{role}}"},"subjects":[{{string.Join(',', subjects)}}]}""");

    public static KubeObject RoleBinding(string @namespace, string name, string kind, string role, params string[] subjects) =>
        Object($$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"{{name}}","namespace":"{{@namespace}}"},"roleRef":{"kind":"{{kind}}","name":"{{role}}"},"subjects":[{{string.Join(',', subjects)}}]}""");

    public static string User(string name) => $$"""{"kind":"User","name":"{{name}}"}""";

    public static string Group(string name) => $$"""{"kind":"Group","name":"{{name}}"}""";

    public static string Account(string name, string? @namespace = null) =>
        @namespace is null ? $$"""{"kind":"ServiceAccount","name":"{{name}}"}""" : $$"""{"kind":"ServiceAccount","name":"{{name}}","namespace":"{{@namespace}}"}""";

    public static UserInfo Person(string name, params string[] groups) => new() { Name = name, Groups = groups };

    public static AuthorizationAttributes Ask(
        UserInfo user, string verb, string resource, string @namespace = "", string name = "", string group = "", string subresource = "") => new()
        {
            User = user,
            Verb = verb,
            IsResourceRequest = true,
            Group = group,
            Version = "v1",
            Resource = resource,
            Subresource = subresource,
            Namespace = @namespace,
            Name = name,
        };

    public static AuthorizationAttributes AskPath(UserInfo user, string verb, string path) => new() { User = user, Verb = verb, IsResourceRequest = false, Path = path };

    public static RbacIndex Index(params KubeObject[] objects) => objects.Aggregate(RbacIndex.Empty, (index, @object) => index.With(@object));
}
