using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Authorization.Rbac;

/// <summary>A RoleBinding or ClusterRoleBinding, by the subjects that it is for.</summary>
internal sealed class RbacBinding
{
    private RbacBinding(IReadOnlyDictionary<RbacSubjectKey, RbacGrant> grants) => Grants = grants;

    /// <summary>What each subject is given. Of two subjects that are the same one the first counts.</summary>
    public IReadOnlyDictionary<RbacSubjectKey, RbacGrant> Grants { get; }

    /// <summary>Reads a binding; a subject or reference of a wrong shape gives nothing.</summary>
    public static RbacBinding Read(KubeObject binding)
    {
        var (name, @namespace) = (binding.Metadata.Name, binding.Metadata.Namespace);
        var grants = new Dictionary<RbacSubjectKey, RbacGrant>();
        if (binding.GetString("roleRef", "kind") is { } kind && binding.GetString("roleRef", "name") is { } role)
        {
            var key = RbacRoleKey.Of(kind, role, @namespace);
            var what = $"{binding.Kind} {GoQuote.Quote(@namespace.Length == 0 ? name : $"{name}/{@namespace}")} of {kind} {GoQuote.Quote(role)}";
            foreach (var subject in (binding.GetNode("subjects") as JsonArray ?? []).OfType<JsonObject>())
            {
                if (Subject(subject, @namespace, out var described) is { } who)
                {
                    grants.TryAdd(who, new RbacGrant(name, key, $"RBAC: allowed by {what} to {described}"));
                }
            }
        }

        return new RbacBinding(grants);
    }

    private static RbacSubjectKey? Subject(JsonObject subject, string bindingNamespace, out string described)
    {
        var (kind, name) = (Tree.Text(subject, "kind"), Tree.Text(subject, "name"));
        described = $"{kind} {GoQuote.Quote(name)}";
        switch (kind)
        {
            case RbacNames.UserSubject:
                return new RbacSubjectKey(bindingNamespace, false, name);
            case RbacNames.GroupSubject:
                return new RbacSubjectKey(bindingNamespace, true, name);
            case RbacNames.ServiceAccountSubject:
                var home = Tree.Text(subject, "namespace") is { Length: > 0 } given ? given : bindingNamespace;
                described = $"{kind} {GoQuote.Quote($"{name}/{home}")}";
                return home.Length == 0 ? null : new RbacSubjectKey(bindingNamespace, false, $"system:serviceaccount:{home}:{name}");
            default:
                return null;
        }
    }
}
