using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Discovery;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;

namespace KubeFed.Kubefedctl.Objects;

/// <summary>Finds the one object that a person names by type, name and perhaps namespace.</summary>
internal static class NamedObject
{
    /// <summary>Reads it; an empty namespace is the one of the cluster's context.</summary>
    /// <exception cref="UserException">There is none.</exception>
    public static async Task<KubeObject> ReadAsync(
        ClusterConnection cluster, ApiResource type, string @namespace, string name, CancellationToken cancellationToken)
    {
        var scope = @namespace.Length > 0 ? @namespace : cluster.DefaultNamespace;
        var key = new NamespacedName(type.Scope == ResourceScope.Namespaced ? scope : "", name);
        return await cluster.Client.FindAsync(type.Resource, key, null, cancellationToken)
            ?? throw new UserException(
                $"{cluster.Title} has no {type.Resource.GroupResource} \"{key}\"{(key.IsClusterScoped ? "" : "; name its namespace with -n")}");
    }
}
