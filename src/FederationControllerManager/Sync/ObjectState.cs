using KubeFed.FederationCore.Rendering;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>
/// What the control plane remembers of one federated object between reconciles. All of it can be lost: a restart finds it
/// again from the objects and the recorded versions. Take <see cref="Gate"/> around any use.
/// </summary>
internal sealed class ObjectState(string uid)
{
    private static readonly Dictionary<string, ClusterState> NoClusters = new(StringComparer.Ordinal);
    private Dictionary<string, ClusterState>? _clusters;
    private List<PropagationNews>? _news;
    private long _desiredGeneration;

    /// <summary>Guards this object and its cluster states.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The UID of the federated object that this is about.</summary>
    public string Uid { get; } = uid;

    /// <summary>The status as we last wrote it, while the cache does not show it yet; else null.</summary>
    public FederatedStatus? WrittenStatus { get; set; }

    /// <summary>The host's version of the object after that write.</summary>
    public string WrittenVersion { get; set; } = "";

    /// <summary>What the object of <see cref="FederatedType.StatusObject"/> was last seen or made to say; null for not known.</summary>
    public string? StatusObject { get; set; }

    /// <summary>The host's version of the object after our finalizer was added: an older one in the cache does not show it yet.</summary>
    public string FinalizerVersion { get; set; } = "";

    /// <summary>The generation whose template an event warned about; 0 for none.</summary>
    public long WarnedGeneration { get; set; }

    /// <summary>What a deletion was last said to wait for, so that it is told once.</summary>
    public string ToldObstacles { get; set; } = "";

    /// <summary>What the clusters shall hold by the revision that is being worked on, kept while requests for it are under way.</summary>
    public DesiredObjectBuilder? Desired { get; set; }

    /// <summary>The clusters with something to remember.</summary>
    public IReadOnlyDictionary<string, ClusterState> Clusters => _clusters ?? NoClusters;

    /// <summary>Whether a request is under way in any cluster.</summary>
    public bool HasOutstanding => Clusters.Values.Any(static c => c.Outstanding is not null);

    /// <summary>The state of a cluster, made when there is none.</summary>
    public ClusterState Cluster(string name)
    {
        _clusters ??= new Dictionary<string, ClusterState>(StringComparer.Ordinal);
        if (!_clusters.TryGetValue(name, out var state))
        {
            state = new ClusterState();
            _clusters.Add(name, state);
        }

        return state;
    }

    /// <summary>What the clusters shall hold by a revision of the object: read once for all passes over it.</summary>
    public DesiredObjectBuilder DesiredOf(FederatedObject source, TargetDescription target)
    {
        if (Desired is null || source.Metadata.Generation == 0 || _desiredGeneration != source.Metadata.Generation)
        {
            Desired = new DesiredObjectBuilder(source, target);
            _desiredGeneration = source.Metadata.Generation;
        }

        return Desired;
    }

    /// <summary>Forgets a cluster.</summary>
    public void Remove(string name) => _clusters?.Remove(name);

    /// <summary>Notes something to tell in an event when the round is over.</summary>
    public void AddNews(PropagationNews news) => (_news ??= []).Add(news);

    /// <summary>Takes the noted news.</summary>
    public IReadOnlyList<PropagationNews> TakeNews()
    {
        var news = _news;
        _news = null;
        return news ?? (IReadOnlyList<PropagationNews>)[];
    }
}
