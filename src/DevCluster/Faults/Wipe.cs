using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.DevClusters.Faults;

/// <summary>Takes all objects out of a storage but those that a cluster has from its start.</summary>
internal sealed class Wipe(IStorage storage, ITypeSource types)
{
    private static readonly string[] SystemNamespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

    /// <summary>Does it. Finalizers do not count: the objects are lost, not deleted.</summary>
    /// <returns>How many objects are gone.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int gone = 0;
        foreach (var type in types.Current.Types.Where(static type => type.StoredAs is null))
        {
            var page = await storage.ListAsync(type.KeyPrefix, new StorageListOptions(), cancellationToken);
            foreach (var value in page.Items)
            {
                if (!IsOfTheSystem(type, StoredObjectCodec.Decode(value, type)) && await RemoveAsync(value, cancellationToken))
                {
                    gone++;
                }
            }
        }

        return gone;
    }

    private static bool IsOfTheSystem(ResourceType type, KubeObject item) =>
        item.Metadata.Namespace == "kube-system"
        || item.Metadata.Labels.ContainsKey("kubernetes.io/bootstrapping")
        || type.Group == "apiregistration.k8s.io"
        || (type.Group.Length == 0 && type.Plural switch
        {
            "namespaces" => SystemNamespaces.Contains(item.Metadata.Name, StringComparer.Ordinal),
            "nodes" => true,
            "serviceaccounts" => item.Metadata.Name == "default" && SystemNamespaces.Contains(item.Metadata.Namespace, StringComparer.Ordinal),
            "configmaps" => item.Metadata.Name == "kube-root-ca.crt" && SystemNamespaces.Contains(item.Metadata.Namespace, StringComparer.Ordinal),
            "services" or "endpoints" => item.Metadata is { Namespace: "default", Name: "kubernetes" },
            _ => false,
        });

    private async Task<bool> RemoveAsync(StoredValue value, CancellationToken cancellationToken)
    {
        var current = value;
        while (current is not null)
        {
            var result = await storage.DeleteAsync(current.Key, current.Revision, cancellationToken);
            if (result.Succeeded)
            {
                return true;
            }

            current = result.Current;
        }

        return false;
    }
}
