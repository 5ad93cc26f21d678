using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Join;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Unjoin;

/// <summary>Removes from a member what join made there, and what was propagated to it where that is asked for; nothing else.</summary>
internal sealed class MemberCleanup(
    ClusterConnection member, MemberNames names, UnjoinOptions options, PropagatedObjects? propagated, Progress progress)
{
    /// <summary>Removes cluster-wide rights, rights in the namespace and the account, so that the control plane cannot write any more; then
    /// what it wrote, if it is to go; then the namespace where nothing is left in it.</summary>
    public async Task RunAsync(string? hostNamespaceUid, CancellationToken cancellationToken)
    {
        var isKubeFeds = false;
        await GoOnWhereForcedAsync(async () => isKubeFeds = await IsJoinedByKubeFedAsync(cancellationToken), cancellationToken);
        await DeleteAsync(KubeResources.ClusterRoleBindings, NamespacedName.Cluster(names.HealthCheckRole), cancellationToken);
        await DeleteAsync(KubeResources.ClusterRoles, NamespacedName.Cluster(names.HealthCheckRole), cancellationToken);
        await DeleteAsync(KubeResources.ClusterRoleBindings, NamespacedName.Cluster(names.Role), cancellationToken);
        await DeleteAsync(KubeResources.ClusterRoles, NamespacedName.Cluster(names.Role), cancellationToken);
        foreach (var name in (string[])[names.TokenRole, names.Role])
        {
            await DeleteAsync(KubeResources.RoleBindings, InNamespace(name), cancellationToken);
            await DeleteAsync(KubeResources.Roles, InNamespace(name), cancellationToken);
        }

        await DeleteAsync(KubeResources.Secrets, InNamespace(names.TokenSecret), JoinLabels.AreOn, cancellationToken);
        await DeleteAsync(KubeResources.ServiceAccounts, InNamespace(names.ServiceAccount), o => isKubeFeds || JoinLabels.AreOn(o), cancellationToken);
        await DeletePropagatedAsync(cancellationToken);
        await GoOnWhereForcedAsync(() => DeleteNamespaceAsync(hostNamespaceUid, cancellationToken), cancellationToken);
    }

    private async Task DeletePropagatedAsync(CancellationToken cancellationToken)
    {
        if (propagated is null)
        {
            return;
        }

        foreach (var type in propagated.Types)
        {
            await GoOnWhereForcedAsync(() => propagated.DeleteAsync(type, cancellationToken), cancellationToken);
        }

        await GoOnWhereForcedAsync(() => propagated.DeleteNamespacesAsync(cancellationToken), cancellationToken);
    }

    private NamespacedName InNamespace(string name) => new(options.Namespace, name);

    /// <summary>KubeFed labels nothing: its account is known by a binding of its own making, which has no label either.</summary>
    private async Task<bool> IsJoinedByKubeFedAsync(CancellationToken cancellationToken)
    {
        var binding =
            await member.Client.FindAsync(KubeResources.ClusterRoleBindings, NamespacedName.Cluster(names.Role), null, cancellationToken)
            ?? await member.Client.FindAsync(KubeResources.RoleBindings, InNamespace(names.Role), null, cancellationToken);
        return binding is not null && !JoinLabels.AreOn(binding);
    }

    /// <summary>Roles and bindings have names that are KubeFed's own.</summary>
    private Task DeleteAsync(GroupVersionResource resource, NamespacedName name, CancellationToken cancellationToken) =>
        DeleteAsync(resource, name, static _ => true, cancellationToken);

    private Task DeleteAsync(
        GroupVersionResource resource, NamespacedName name, Func<KubeObject, bool> isOurs, CancellationToken cancellationToken) =>
        GoOnWhereForcedAsync(
            async () =>
            {
                if (await member.Client.FindAsync(resource, name, null, cancellationToken) is not { } found)
                {
                    return;
                }

                if (!isOurs(found))
                {
                    progress.Note($"  member: {found.Title()} kept: join did not make it");
                }
                else if (await member.Client.TryDeleteAsync(resource, name, DeleteOptionsFor.Only(found), cancellationToken))
                {
                    progress.Done($"  member: {found.Title()} deleted");
                }
            },
            cancellationToken);

    private async Task DeleteNamespaceAsync(string? hostNamespaceUid, CancellationToken cancellationToken)
    {
        var name = NamespacedName.Cluster(options.Namespace);
        var found = await member.Client.FindAsync(KubeResources.Namespaces, name, null, cancellationToken);
        if (found is null || found.Metadata.IsDeleting || found.Metadata.Uid == hostNamespaceUid)
        {
            return;
        }

        if (!JoinLabels.AreOn(found))
        {
            progress.Note($"  member: {found.Title()} kept: join did not make it");
            return;
        }

        if (await NamespaceContents.FindForeignAsync(member, options.Namespace, cancellationToken) is { } foreign)
        {
            progress.Note($"  member: {found.Title()} kept: it holds {foreign}");
            return;
        }

        if (await member.Client.TryDeleteAsync(KubeResources.Namespaces, name, DeleteOptionsFor.Only(found), cancellationToken))
        {
            progress.Done($"  member: {found.Title()} deleted");
        }
    }

    private async Task GoOnWhereForcedAsync(Func<Task> step, CancellationToken cancellationToken)
    {
        try
        {
            await step();
        }
        catch (Exception e) when (options.Force && !cancellationToken.IsCancellationRequested && !IsOutOfReach(e))
        {
            progress.Warn(ErrorText.Describe(e));
        }
    }

    /// <summary>Further steps would wait as long, each.</summary>
    private static bool IsOutOfReach(Exception e) =>
        e is HttpRequestException or OperationCanceledException or TimeoutException or StatusException { Code: 504 };
}
