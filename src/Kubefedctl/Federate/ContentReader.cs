using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Validation;
using KubeFed.KubeClient.Discovery;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;

namespace KubeFed.Kubefedctl.Federate;

/// <summary>
/// Reads the objects in a namespace that are worth federating: not those that a controller makes of others, since the members' own
/// controllers make them there too, and not those that every cluster gives to its namespaces.
/// </summary>
internal sealed class ContentReader(ClusterConnection host, Progress progress)
{
    private const string TokenSecret = "kubernetes.io/service-account-token";

    /// <summary>All objects of the types, type by type.</summary>
    public async Task<IReadOnlyList<FederateSource>> ReadAsync(
        IReadOnlyList<ApiResource> types, string @namespace, CancellationToken cancellationToken)
    {
        var found = new List<FederateSource>();
        foreach (var type in types)
        {
            await ReadAsync(type, @namespace, found, cancellationToken);
        }

        return found;
    }

    private async Task ReadAsync(ApiResource type, string @namespace, List<FederateSource> found, CancellationToken cancellationToken)
    {
        var leftOut = new SortedDictionary<string, int>(StringComparer.Ordinal);
        try
        {
            await foreach (var item in host.Client.ListAllAsync(type.Resource, @namespace, null, cancellationToken))
            {
                if (ReasonAgainst(item) is { } reason)
                {
                    leftOut[reason] = leftOut.GetValueOrDefault(reason) + 1;
                }
                else
                {
                    found.Add(new FederateSource(type, item));
                }
            }
        }
        catch (StatusException e) when (e.IsNotFound || e.IsMethodNotSupported)
        {
            return;
        }
        catch (StatusException e) when (e.IsForbidden)
        {
            throw new UserException(
                $"{host.Title} does not let you list {type.Resource.GroupResource} in namespace \"{@namespace}\"; pass --skip-api-resources={type.Resource.GroupResource} to leave them out", e);
        }

        foreach (var (reason, count) in leftOut)
        {
            progress.Note($"{count} of {type.Resource.GroupResource} left out: {reason}");
        }
    }

    private static string? ReasonAgainst(KubeObject item)
    {
        if (item.Metadata.IsDeleting)
        {
            return "being deleted";
        }

        if (item.Metadata.OwnerReferences.Any(static owner => owner.Controller == true))
        {
            return "made by a controller";
        }

        if (NameValidation.IsDns1123Subdomain(item.Metadata.Name).Count > 0)
        {
            return "the name cannot be that of a federated object";
        }

        return IsGivenByTheCluster(item) ? "given by the cluster itself" : null;
    }

    /// <summary>Each member has its own of these: its authorities, tokens that only it accepts.</summary>
    private static bool IsGivenByTheCluster(KubeObject item) => (item.GroupVersionKind.Group, item.Kind) switch
    {
        ("", "ConfigMap") => item.Metadata.Name is "kube-root-ca.crt" or "openshift-service-ca.crt",
        ("", "Secret") => item.GetString("type") == TokenSecret,
        _ => false,
    };
}
