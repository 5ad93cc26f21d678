using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Enable;
using KubeFed.Kubefedctl.Join;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Unjoin;

/// <summary>Takes a member out of the federation.</summary>
internal sealed class Unjoiner(CommandContext context, UnjoinOptions options)
{
    private NamespacedName Key => new(options.Namespace, options.Cluster);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var host = context.ConnectHost();
        var names = MemberNames.For(options.Cluster, options.HostClusterName, host.Context, options.Namespace);
        var registration = await FindAsync(host, cancellationToken);
        context.Progress.Note($"Unjoining \"{options.Cluster}\" from {host.Title}:");
        await CleanMemberAsync(host, names, cancellationToken);
        if (registration is not null)
        {
            await DeregisterAsync(host, registration, cancellationToken);
        }

        context.Progress.Done($"Cluster \"{options.Cluster}\" unjoined");
    }

    private async Task<KubeObject?> FindAsync(ClusterConnection host, CancellationToken cancellationToken)
    {
        var found = await host.Client.FindAsync(KubeResources.KubeFedClusters, Key, null, cancellationToken);
        if (found is not null)
        {
            return found;
        }

        if (options.Force)
        {
            context.Progress.Warn($"{host.Title} has no KubeFedCluster \"{Key}\"");
            return null;
        }

        var joined = new List<string>();
        await foreach (var cluster in ListClustersAsync(host, cancellationToken))
        {
            joined.Add(cluster.Metadata.Name);
        }

        var known = joined.Count == 0 ? "no cluster is joined" : $"joined are {string.Join(", ", joined)}";
        throw new UserException(
            $"{host.Title} has no KubeFedCluster \"{Key}\" ({known}); pass --force to remove what may be left on the member");
    }

    private async Task CleanMemberAsync(ClusterConnection host, MemberNames names, CancellationToken cancellationToken)
    {
        try
        {
            var member = context.ConnectMember(options.MemberContext);
            var hostNamespace = await host.Client.FindAsync(KubeResources.Namespaces, NamespacedName.Cluster(options.Namespace), null, cancellationToken);
            var propagated = options.Cleanup ? await FindPropagatedAsync(host, member, hostNamespace, cancellationToken) : null;
            await new MemberCleanup(member, names, options, propagated, context.Progress).RunAsync(hostNamespace?.Metadata.Uid, cancellationToken);
        }
        catch (Exception e) when (options.Force && !cancellationToken.IsCancellationRequested)
        {
            context.Progress.Warn($"what is left on the member stays: {ErrorText.Describe(e)}");
        }
    }

    private async Task<PropagatedObjects> FindPropagatedAsync(
        ClusterConnection host, ClusterConnection member, KubeObject? hostNamespace, CancellationToken cancellationToken)
    {
        var namespaced = await FederationScope.IsNamespacedAsync(host, options.Namespace, cancellationToken);
        var onMember = await member.Client.FindAsync(KubeResources.Namespaces, NamespacedName.Cluster(options.Namespace), null, cancellationToken);
        return new PropagatedObjects(member, context.Progress, context.Time)
        {
            Types =
            [
                .. (await TypeConfigs.ListAsync(host, options.Namespace, cancellationToken))
                    .Select(static c => c.Spec.TargetType)
                    .Where(t => !namespaced || t.Scope == ResourceScopes.Namespaced)
                    .Select(static t => t.ToGroupVersionResource())
                    .Where(static r => r.GroupResource != KubeResources.Namespaces.GroupResource),
            ],
            TargetNamespace = namespaced ? options.Namespace : null,
            KubeFedNamespace = options.Namespace,
            IsHost = hostNamespace is not null && onMember?.Metadata.Uid == hostNamespace.Metadata.Uid,
        };
    }

    private async Task DeregisterAsync(ClusterConnection host, KubeObject registration, CancellationToken cancellationToken)
    {
        var secret = new NamespacedName(options.Namespace, HostSecret.NameIn(registration));
        if (secret.Name.Length > 0 && await HostSecret.FindOtherUserAsync(host, secret, options.Cluster, cancellationToken) is null)
        {
            await DeleteSecretAsync(host, secret, cancellationToken);
        }

        if (await host.Client.TryDeleteAsync(KubeResources.KubeFedClusters, Key, DeleteOptionsFor.Only(registration), cancellationToken))
        {
            context.Progress.Done($"  host: {registration.Title()} deleted");
        }
    }

    private async Task DeleteSecretAsync(ClusterConnection host, NamespacedName name, CancellationToken cancellationToken)
    {
        if (await host.Client.FindAsync(KubeResources.Secrets, name, null, cancellationToken) is not { } found)
        {
            return;
        }

        if (!HostSecret.IsMadeByJoin(found, options.Cluster))
        {
            context.Progress.Note($"  host: {found.Title()} kept: join did not make it");
        }
        else if (await host.Client.TryDeleteAsync(KubeResources.Secrets, name, DeleteOptionsFor.Only(found), cancellationToken))
        {
            context.Progress.Done($"  host: {found.Title()} deleted");
        }
    }

    private async IAsyncEnumerable<KubeObject> ListClustersAsync(
        ClusterConnection host, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var installed = await host.Client.FindAsync(
            KubeResources.CustomResourceDefinitions, NamespacedName.Cluster("kubefedclusters.core.kubefed.io"), null, cancellationToken);
        if (installed is null)
        {
            yield break;
        }

        await foreach (var cluster in host.Client.ListAllAsync(KubeResources.KubeFedClusters, options.Namespace, null, cancellationToken))
        {
            yield return cluster;
        }
    }
}
