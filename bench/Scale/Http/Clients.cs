using KubeFed.TestSupport.Clusters;

namespace KubeFed.Scale.Http;

/// <summary>One client for each cluster of a run.</summary>
internal sealed class Clients : IDisposable
{
    public Clients(ClusterSet clusters)
    {
        Clusters = clusters;
        Host = new ApiClient(clusters.Host);
        Members = [.. clusters.Members.Select(static member => new ApiClient(member))];
    }

    public ClusterSet Clusters { get; }

    public ApiClient Host { get; }

    public IReadOnlyList<ApiClient> Members { get; }

    public void Dispose()
    {
        Host.Dispose();
        foreach (var member in Members)
        {
            member.Dispose();
        }
    }
}
