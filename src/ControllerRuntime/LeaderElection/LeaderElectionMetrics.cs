using System.Diagnostics.Metrics;

namespace KubeFed.ControllerRuntime.LeaderElection;

/// <summary>
/// The instruments of leader election, with the tag <c>name</c>: <c>leader_election_master_status</c> (1 while leading),
/// <c>leader_election_slowpath_total</c> (renewals that had to read the lease again) and <c>leader_election_transitions_total</c>
/// (times that this process began to lead).
/// </summary>
public sealed class LeaderElectionMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "KubeFed.ControllerRuntime.LeaderElection";

    private readonly Gauge<long> _status;
    private readonly Counter<long> _slowPath;
    private readonly Counter<long> _transitions;

    /// <summary>Makes the instruments; one per process, from the factory that owns the process's meters.</summary>
    public LeaderElectionMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _status = meter.CreateGauge<long>("leader_election.master_status", description: "1 while this process leads.");
        _slowPath = meter.CreateCounter<long>("leader_election.slowpath", description: "Renewals that had to read the lease again.");
        _transitions = meter.CreateCounter<long>("leader_election.transitions", description: "Times that this process began to lead.");
    }

    internal void Started(string name)
    {
        var tag = new KeyValuePair<string, object?>("name", name);
        _status.Record(0, tag);
        _slowPath.Add(0, tag);
        _transitions.Add(0, tag);
    }

    internal void BeganToLead(string name)
    {
        _status.Record(1, new KeyValuePair<string, object?>("name", name));
        _transitions.Add(1, new KeyValuePair<string, object?>("name", name));
    }

    internal void StoppedLeading(string name) => _status.Record(0, new KeyValuePair<string, object?>("name", name));

    internal void ReadAgain(string name) => _slowPath.Add(1, new KeyValuePair<string, object?>("name", name));
}
