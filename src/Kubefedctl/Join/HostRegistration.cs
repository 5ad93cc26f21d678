using System.Text.Json.Nodes;
using System.Text;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Join;

/// <summary>Writes a member's Secret and KubeFedCluster to the host.</summary>
internal sealed class HostRegistration(ClusterConnection host, ObjectEnsurer ensurer, JoinOptions options)
{
    private NamespacedName Key => new(options.Namespace, options.Cluster);

    /// <summary>The registration that is there already, or null.</summary>
    public async Task<KubeObject?> FindAsync(CancellationToken cancellationToken)
    {
        var found = await host.Client.FindAsync(KubeResources.KubeFedClusters, Key, null, cancellationToken);
        return found is not null && options.ErrorOnExisting
            ? throw new UserException(
                $"{host.Title}: a cluster \"{options.Cluster}\" is joined already; pass --error-on-existing=false to renew it, or run \"kubefedctl unjoin {options.Cluster}\" first")
            : found;
    }

    /// <summary>Refuses a Secret that the user named and that is somebody else's.</summary>
    /// <exception cref="UserException">It is neither join's nor the one that the registration names, or another cluster uses it.</exception>
    public async Task CheckSecretAsync(KubeObject? existing, CancellationToken cancellationToken)
    {
        var name = options.SecretName;
        if (name.Length == 0 || name == HostSecret.NameIn(existing))
        {
            return;
        }

        var key = new NamespacedName(options.Namespace, name);
        var found = await host.Client.FindAsync(KubeResources.Secrets, key, null, cancellationToken);
        if (found is null)
        {
            return;
        }

        if (await HostSecret.FindOtherUserAsync(host, key, options.Cluster, cancellationToken) is { } user)
        {
            throw new UserException($"{host.Title}: secret \"{key}\" is that of the cluster \"{user}\"; choose another --secret-name");
        }

        if (!HostSecret.IsMadeByJoin(found, options.Cluster))
        {
            throw new UserException(
                $"{host.Title}: secret \"{key}\" exists and was not made by join, so it is left alone; choose another --secret-name");
        }
    }

    /// <summary>Writes the Secret, then the KubeFedCluster that names it.</summary>
    public async Task WriteAsync(KubeObject? existing, ClusterEndpoint endpoint, MemberToken token, CancellationToken cancellationToken)
    {
        var reused = HostSecret.NameIn(existing);
        var secret = await ensurer.EnsureAsync(KubeResources.Secrets, Secret(reused, endpoint, token), cancellationToken);
        await ensurer.EnsureAsync(KubeResources.KubeFedClusters, Cluster(secret.Metadata.Name, endpoint), cancellationToken);
        if (reused.Length > 0 && reused != secret.Metadata.Name)
        {
            await DropOldSecretAsync(reused, cancellationToken);
        }
    }

    private async Task DropOldSecretAsync(string name, CancellationToken cancellationToken)
    {
        var key = new NamespacedName(options.Namespace, name);
        var old = await host.Client.FindAsync(KubeResources.Secrets, key, null, cancellationToken);
        if (old is not null
            && HostSecret.IsMadeByJoin(old, options.Cluster)
            && await HostSecret.FindOtherUserAsync(host, key, options.Cluster, cancellationToken) is null)
        {
            await host.Client.TryDeleteAsync(KubeResources.Secrets, key, DeleteOptionsFor.Only(old), cancellationToken);
        }
    }

    private JsonObject Secret(string reused, ClusterEndpoint endpoint, MemberToken token)
    {
        var name = options.SecretName.Length > 0 ? options.SecretName : reused;
        var secret = Manifest.Begin("v1", "Secret", options.Namespace, name).WithLabel(JoinLabels.CreatedBy, JoinLabels.Join);
        if (name.Length == 0)
        {
            secret["metadata"]!["generateName"] = HostSecret.GenerateName(options.Cluster);
        }

        var data = new JsonObject { ["token"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(token.Value)) };
        if (!endpoint.CaBundle.IsEmpty)
        {
            data["ca.crt"] = Convert.ToBase64String(endpoint.CaBundle.Span);
        }

        secret["data"] = data;
        return secret;
    }

    private JsonObject Cluster(string secretName, ClusterEndpoint endpoint)
    {
        var spec = new JsonObject
        {
            ["apiEndpoint"] = endpoint.Server,
            ["secretRef"] = new JsonObject { ["name"] = secretName },
        };
        if (!endpoint.CaBundle.IsEmpty)
        {
            spec["caBundle"] = Convert.ToBase64String(endpoint.CaBundle.Span);
        }

        if (endpoint.Insecure)
        {
            spec["disabledTLSValidations"] = Manifest.List("*");
        }

        if (endpoint.ProxyUrl.Length > 0)
        {
            spec["proxyURL"] = endpoint.ProxyUrl;
        }

        var cluster = Manifest.Begin("core.kubefed.io/v1beta1", "KubeFedCluster", options.Namespace, options.Cluster);
        cluster["spec"] = spec;
        return cluster;
    }
}
