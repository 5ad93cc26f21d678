using System.Text.Json.Nodes;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationControllerManager.Scheduling.Application;
using KubeFed.FederationControllerManager.Scheduling.Targets;

namespace KubeFed.FederationControllerManager.Scheduling.Planning;

/// <summary>
/// Turns a decision into what is set on the federated object. For jobs there is a second number, what they have to do: completions
/// cannot change once a job exists, so they are shared with the first plan, in proportion to what runs at once, and from then on only
/// the clusters that got some of them may run its pods. Other types have just the one number.
/// </summary>
internal sealed class JobSchedule
{
    private readonly ReplicasField _field;
    private readonly long? _completions;
    private readonly Dictionary<string, long> _given;

    /// <param name="source">The federated object.</param>
    /// <param name="field">Where its replicas are.</param>
    /// <param name="applied">What was set before.</param>
    public JobSchedule(FederatedObject source, ReplicasField field, AppliedSchedule applied)
    {
        _field = field;
        _completions = CompletionsOf(source, field);
        _given = field.CompletionsPath is not { } path || _completions is null ? [] : applied.Clusters.Keys
            .Select(cluster => (Cluster: cluster, Share: applied.Find(cluster, path)))
            .Where(static c => c.Share is not null)
            .ToDictionary(static c => c.Cluster, static c => c.Share!.Value, StringComparer.Ordinal);
    }

    /// <summary>The candidates that may still get replicas.</summary>
    public IReadOnlySet<string> Limit(IReadOnlySet<string> candidates) => _given.Count == 0
        ? candidates
        : candidates.Where(c => _given.GetValueOrDefault(c) > 0).ToHashSet(StringComparer.Ordinal);

    /// <summary>What is set on the federated object. Candidates without replicas are placed too, with the number 0.</summary>
    public Schedule ToSchedule(SchedulingDecision decision)
    {
        var completions = _given.Count > 0 ? _given : _completions is { } total ? Share(total, decision.Clusters) : null;
        var values = new Dictionary<string, IReadOnlyDictionary<string, long>>(StringComparer.Ordinal);
        foreach (var cluster in decision.Clusters)
        {
            var numbers = new Dictionary<string, long>(StringComparer.Ordinal) { [_field.Path] = cluster.Next };
            if (completions is not null)
            {
                numbers.Add(_field.CompletionsPath!, completions.GetValueOrDefault(cluster.Cluster.Name));
            }

            values.Add(cluster.Cluster.Name, numbers);
        }

        var placed = decision.Clusters.Where(c => IsPlaced(c, completions)).Select(static c => c.Cluster.Name);
        return new Schedule(placed.ToHashSet(StringComparer.Ordinal), values);
    }

    /// <summary>A job with nothing to do would be done at once; other objects without replicas stand by.</summary>
    private static bool IsPlaced(ClusterDecision cluster, Dictionary<string, long>? completions) => completions is null
        ? cluster.Cluster.IsCandidate || cluster.Next > 0
        : completions.GetValueOrDefault(cluster.Cluster.Name) > 0;

    private static long? CompletionsOf(FederatedObject source, ReplicasField field)
    {
        if (field.Completions.IsEmpty || source.Template is not { } template)
        {
            return null;
        }

        var at = JsonNode.Parse(template.Span);
        foreach (var member in field.Completions)
        {
            at = (at as JsonObject)?[member];
        }

        return at is JsonValue value && value.TryGetValue<long>(out var total) ? total : null;
    }

    /// <summary>Shares a total in proportion to the numbers decided, the largest remainders first.</summary>
    private static Dictionary<string, long> Share(long total, IReadOnlyList<ClusterDecision> clusters)
    {
        var shares = new Dictionary<string, long>(StringComparer.Ordinal);
        var sum = clusters.Sum(static c => (decimal)c.Desired);
        var exact = clusters.Where(static c => c.Desired > 0).Select(c => (c.Cluster.Name, Exact: total * c.Desired / sum)).ToArray();
        foreach (var (name, share) in exact)
        {
            shares.Add(name, (long)decimal.Floor(share));
        }

        var rest = (int)(total - shares.Values.Sum());
        foreach (var (name, _) in exact.OrderByDescending(static e => e.Exact - decimal.Floor(e.Exact)).ThenBy(static e => e.Name, StringComparer.Ordinal).Take(rest))
        {
            shares[name]++;
        }

        return shares;
    }
}
