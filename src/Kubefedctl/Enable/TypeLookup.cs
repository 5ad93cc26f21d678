using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Discovery;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;

namespace KubeFed.Kubefedctl.Enable;

/// <summary>Finds the type that a person means on the host.</summary>
internal static class TypeLookup
{
    /// <summary>Resolves a name, with another version than the preferred one where asked for.</summary>
    /// <exception cref="UserException">Unknown, with near names; ambiguous, with the candidates; or not served in that version.</exception>
    public static async Task<ApiResource> FindAsync(ClusterConnection host, string name, string version, CancellationToken cancellationToken)
    {
        var found = await ResolveAsync(host, name, cancellationToken);
        if (version.Length == 0 || found.Resource.Version == version)
        {
            return found;
        }

        var wanted = new GroupVersionResource(found.Resource.Group, version, found.Resource.Resource);
        return await host.Mapper.FindResourceAsync(wanted, cancellationToken)
            ?? throw new UserException(
                $"{host.Title} does not serve {found.Resource.GroupResource} in version \"{version}\"; it prefers {found.Resource.Version}");
    }

    private static async Task<ApiResource> ResolveAsync(ClusterConnection host, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await host.Mapper.ResolveAsync(name, cancellationToken);
        }
        catch (ResourceNotFoundException e)
        {
            var known = (await host.Mapper.ListPreferredAsync(cancellationToken)).SelectMany(Names);
            throw new UserException(
                $"{host.Title} has no resource type \"{name}\"{NextStep(name, known)}", e);
        }
        catch (AmbiguousResourceException e)
        {
            throw new UserException($"\"{name}\" could mean several types on {host.Title}: name one of {string.Join(", ", e.Candidates)}", e);
        }
    }

    private static string NextStep(string name, IEnumerable<string> known)
    {
        var question = Suggestions.Question(name, known);
        return question.Length > 0 ? question : "; \"kubectl api-resources\" lists what there is";
    }

    private static IEnumerable<string> Names(ApiResource resource) =>
        [resource.Resource.Resource, resource.Resource.GroupResource.ToString(), resource.SingularName, .. resource.ShortNames];
}
