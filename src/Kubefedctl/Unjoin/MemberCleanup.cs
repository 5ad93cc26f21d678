using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Join;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Unjoin;

/// <summary>Removes from a member what join made there, and nothing else.</summary>
internal sealed class MemberCleanup(ClusterConnection member, MemberNames names, UnjoinOptions options, Progress progress)
{
    /// <summary>Removes cluster-wide rights, rights in the namespace, the account, then the namespace where nothing is left in it.</summary>
    public async Task RunAsync(string? hostNamespaceUid, CancellationToken cancellationToken)
    {
        await DeleteAsync(KubeResources.ClusterRoleBindings, NamespacedName.Cluster(names.HealthCheckRole), cancellationToken);
        await DeleteAsync(KubeResources.ClusterRoles, NamespacedName.Cluster(names.HealthCheckRole), cancellationToken);
        await DeleteAsync(KubeResources.ClusterRoleBindings, NamespacedName.Cluster(names.Role), cancellationToken);
        await DeleteAsync(KubeResources.ClusterRoles, NamespacedName.Cluster(names.Role), cancellationToken);
        foreach (var name in (string[])[names.TokenRole, names.Role])
        {
            await DeleteAsync(KubeResources.RoleBindings, InNamespace(name), cancellationToken);
            await DeleteAsync(KubeResources.Roles, InNamespace(name), cancellationToken);
        }

        await DeleteAsync(KubeResources.Secrets, InNamespace(names.TokenSecret), cancellationToken);
        await DeleteAsync(KubeResources.ServiceAccounts, InNamespace(names.ServiceAccount), cancellationToken);
        await GoOnWhereForcedAsync(() => DeleteNamespaceAsync(hostNamespaceUid, cancellationToken));
    }

    private NamespacedName InNamespace(string name) => new(options.Namespace, name);

    private Task DeleteAsync(GroupVersionResource resource, NamespacedName name, CancellationToken cancellationToken) => GoOnWhereForcedAsync(async () =>
    {
        if (await member.Client.FindAsync(resource, name, null, cancellationToken) is { } found
            && await member.Client.TryDeleteAsync(resource, name, DeleteOptionsFor.Only(found), cancellationToken))
        {
            progress.Done($"  member: {found.Title()} deleted");
        }
    });

    private async Task DeleteNamespaceAsync(string? hostNamespaceUid, CancellationToken cancellationToken)
    {
        var name = NamespacedName.Cluster(options.Namespace);
        var found = await member.Client.FindAsync(KubeResources.Namespaces, name, null, cancellationToken);
        if (found is null || found.Metadata.IsDeleting || found.Metadata.Uid == hostNamespaceUid)
        {
            return;
        }

        if (!found.Metadata.Labels.TryGetValue(JoinLabels.CreatedBy, out var by) || by != JoinLabels.Join)
        {
            progress.Note($"  member: {found.Title()} kept: join did not make it");
            return;
        }

        if (await NamespaceContents.FindForeignAsync(member, options.Namespace, cancellationToken) is { } foreign)
        {
            progress.Note($"  member: {found.Title()} kept: it holds {foreign}");
            return;
        }

        await member.Client.TryDeleteAsync(KubeResources.Namespaces, name, DeleteOptionsFor.Only(found), cancellationToken);
        progress.Done($"  member: {found.Title()} deleted");
    }

    private async Task GoOnWhereForcedAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (StatusException e) when (options.Force)
        {
            progress.Warn(ErrorText.Describe(e));
        }
    }
}
