using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Join;

/// <summary>Makes the account of the control plane on a member, with its rights.</summary>
internal sealed class MemberAccess(ClusterConnection member, ObjectEnsurer ensurer, MemberNames names, JoinOptions options, TimeProvider time)
{
    private const string RbacGroup = "rbac.authorization.k8s.io";
    private const string RbacVersion = "rbac.authorization.k8s.io/v1";

    /// <summary>Makes namespace, account, roles and bindings, in that order.</summary>
    public async Task EnsureAsync(bool namespaced, CancellationToken cancellationToken)
    {
        await CheckRoleAsync(cancellationToken);
        await EnsureNamespaceAsync(cancellationToken);
        await ensurer.EnsureAsync(
            KubeResources.ServiceAccounts, Marked(Manifest.Begin("v1", "ServiceAccount", options.Namespace, names.ServiceAccount)), cancellationToken);
        if (namespaced)
        {
            await GrantInNamespaceAsync(cancellationToken);
        }
        else
        {
            await GrantInClusterAsync(cancellationToken);
        }

        if (options.Role.Length > 0)
        {
            await GrantInNamespaceAsync(names.TokenRole, TokenRules(), cancellationToken);
        }
    }

    /// <summary>Makes the namespace, waiting first for one of that name to go where it is being deleted.</summary>
    private async Task EnsureNamespaceAsync(CancellationToken cancellationToken)
    {
        var name = NamespacedName.Cluster(options.Namespace);
        _ = await Poll.UntilAsync(
                time,
                Poll.Interval,
                Poll.Timeout,
                async c => await member.Client.FindAsync(KubeResources.Namespaces, name, null, c) is { Metadata.IsDeleting: true } ? null : "settled",
                cancellationToken)
            ?? throw new UserException($"{member.Title}: namespace \"{options.Namespace}\" is being deleted and does not go away; see its finalizers and conditions");
        await ensurer.EnsureExistsAsync(KubeResources.Namespaces, Marked(Manifest.Begin("v1", "Namespace", "", options.Namespace)), cancellationToken);
    }

    private async Task CheckRoleAsync(CancellationToken cancellationToken)
    {
        if (options.Role.Length > 0 &&
            await member.Client.FindAsync(KubeResources.ClusterRoles, NamespacedName.Cluster(options.Role), null, cancellationToken) is null)
        {
            throw new UserException($"{member.Title} has no ClusterRole \"{options.Role}\": create it there first, or leave --role out");
        }
    }

    private async Task GrantInClusterAsync(CancellationToken cancellationToken)
    {
        var role = options.Role;
        if (role.Length == 0)
        {
            role = names.Role;
            await ensurer.EnsureAsync(KubeResources.ClusterRoles, Role("ClusterRole", "", role, AllRules()), cancellationToken);
        }

        await BindInClusterAsync(names.Role, role, cancellationToken);
    }

    private async Task GrantInNamespaceAsync(CancellationToken cancellationToken)
    {
        if (options.Role.Length == 0)
        {
            await GrantInNamespaceAsync(names.Role, [AllResources()], cancellationToken);
        }
        else
        {
            await BindInNamespaceAsync(names.Role, "ClusterRole", options.Role, cancellationToken);
        }

        await ensurer.EnsureAsync(KubeResources.ClusterRoles, Role("ClusterRole", "", names.HealthCheckRole, HealthCheckRules()), cancellationToken);
        await BindInClusterAsync(names.HealthCheckRole, names.HealthCheckRole, cancellationToken);
    }

    private async Task GrantInNamespaceAsync(string name, JsonArray rules, CancellationToken cancellationToken)
    {
        await ensurer.EnsureAsync(KubeResources.Roles, Role("Role", options.Namespace, name, rules), cancellationToken);
        await BindInNamespaceAsync(name, "Role", name, cancellationToken);
    }

    private Task BindInClusterAsync(string name, string role, CancellationToken cancellationToken) => ensurer.EnsureBindingAsync(
        KubeResources.ClusterRoleBindings, Binding("ClusterRoleBinding", "", name, "ClusterRole", role), cancellationToken);

    private Task BindInNamespaceAsync(string name, string roleKind, string role, CancellationToken cancellationToken) => ensurer.EnsureBindingAsync(
        KubeResources.RoleBindings, Binding("RoleBinding", options.Namespace, name, roleKind, role), cancellationToken);

    private JsonObject Binding(string kind, string @namespace, string name, string roleKind, string role)
    {
        var binding = Marked(Manifest.Begin(RbacVersion, kind, @namespace, name));
        binding["roleRef"] = new JsonObject { ["apiGroup"] = RbacGroup, ["kind"] = roleKind, ["name"] = role };
        binding["subjects"] = new JsonArray(
            new JsonObject { ["kind"] = "ServiceAccount", ["name"] = names.ServiceAccount, ["namespace"] = options.Namespace });
        return binding;
    }

    private static JsonObject Role(string kind, string @namespace, string name, JsonArray rules)
    {
        var role = Marked(Manifest.Begin(RbacVersion, kind, @namespace, name));
        role["rules"] = rules;
        return role;
    }

    private static JsonArray AllRules() => [AllResources(), NonResource("*")];

    private static JsonArray HealthCheckRules() =>
    [
        NonResource("/healthz"),
        new JsonObject { ["apiGroups"] = Manifest.List(""), ["resources"] = Manifest.List("nodes"), ["verbs"] = Manifest.List("list") },
    ];

    private JsonArray TokenRules() =>
    [
        new JsonObject
        {
            ["apiGroups"] = Manifest.List(""),
            ["resources"] = Manifest.List("serviceaccounts/token"),
            ["resourceNames"] = Manifest.List(names.ServiceAccount),
            ["verbs"] = Manifest.List("create"),
        },
    ];

    private static JsonObject AllResources() =>
        new() { ["apiGroups"] = Manifest.List("*"), ["resources"] = Manifest.List("*"), ["verbs"] = Manifest.List("*") };

    private static JsonObject NonResource(string path) => new() { ["nonResourceURLs"] = Manifest.List(path), ["verbs"] = Manifest.List("get") };

    private static JsonObject Marked(JsonObject manifest) => manifest.WithLabel(JoinLabels.CreatedBy, JoinLabels.Join);
}
