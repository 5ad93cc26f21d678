using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;

namespace KubeFed.Kubefedctl.Objects;

/// <summary>
/// An API server behind the host's own, to which an APIService sends all requests of a group version. A CustomResourceDefinition of that
/// group version would serve nobody, but make the host keep an APIService of its own in reserve.
/// </summary>
/// <param name="GroupVersion">What is served.</param>
/// <param name="Service">The Service of the API server.</param>
internal sealed record AggregatedApi(GroupVersion GroupVersion, NamespacedName Service)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private string ApiService => NameOf(GroupVersion);

    /// <summary>Who serves a group version for the host; null where the host does so itself, or nobody.</summary>
    public static async Task<AggregatedApi?> FindAsync(
        ClusterConnection host, GroupVersion groupVersion, Progress progress, CancellationToken cancellationToken)
    {
        try
        {
            var found = await host.Client.FindAsync(
                KubeResources.ApiServices, NamespacedName.Cluster(NameOf(groupVersion)), null, cancellationToken);
            return found?.GetString("spec", "service", "name") is { } name
                ? new AggregatedApi(groupVersion, new NamespacedName(found.GetString("spec", "service", "namespace") ?? "", name))
                : null;
        }
        catch (StatusException e) when (e.IsForbidden)
        {
            progress.Warn(
                $"{host.Title} does not let you read APIService \"{NameOf(groupVersion)}\": assuming that the host itself serves {groupVersion}");
            return null;
        }
    }

    /// <summary>Returns when a type is served.</summary>
    /// <exception cref="UserException">It was not in time.</exception>
    public async Task WaitAsync(ClusterConnection host, string plural, TimeProvider time, CancellationToken cancellationToken)
    {
        _ = await Poll.UntilAsync(time, Interval, Poll.Timeout, c => TryFindAsync(host, plural, c), cancellationToken)
            ?? throw new UserException(
                $"{host.Title} did not serve {plural}.{GroupVersion.Group}/{GroupVersion.Version} within {Poll.Timeout.TotalSeconds:0} s: {ApiService} sends it to the service {Service}; see with \"kubectl get apiservice {ApiService}\" whether that is available, and in its log why it does not serve the type");
        host.Mapper.Invalidate();
    }

    private static string NameOf(GroupVersion groupVersion) => $"{groupVersion.Version}.{groupVersion.Group}";

    private async Task<string?> TryFindAsync(ClusterConnection host, string plural, CancellationToken cancellationToken)
    {
        var (code, body) = await host.Client.GetPathAsync($"/apis/{GroupVersion}", cancellationToken);
        return code == 200 && Lists(body, plural) ? plural : null;
    }

    private static bool Lists(string body, string plural)
    {
        try
        {
            return JsonNode.Parse(body)?["resources"] is JsonArray resources && resources.Any(r => (string?)r?["name"] == plural);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
