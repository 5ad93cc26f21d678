namespace KubeFed.FederationCore.Scheduling;

/// <summary>One step of a transition.</summary>
internal sealed class TransitionRun
{
    private readonly IReadOnlyList<TransitionCluster> _clusters;
    private readonly TransitionLimits _limits;
    private readonly DateTimeOffset _now;
    private readonly DateTimeOffset _intervalStart;
    private readonly Dictionary<string, long> _replicas;
    private readonly long _target;
    private readonly long _ready;
    private readonly long _floor;
    private long _asked;
    private long _moved;
    private bool _limited;

    public TransitionRun(IReadOnlyList<TransitionCluster> clusters, TransitionLimits limits, TransitionState? before, DateTimeOffset now)
    {
        _clusters = clusters;
        _limits = limits;
        _now = now;
        var goesOn = before is not null && now - before.IntervalStart < limits.Interval;
        _intervalStart = goesOn ? before!.IntervalStart : now;
        _moved = goesOn ? before!.Moved : 0;
        _replicas = clusters.ToDictionary(static c => c.Name, static c => c.Asked, StringComparer.Ordinal);
        foreach (var cluster in clusters.Where(static c => c.IsHealthy))
        {
            _target += cluster.Target;
            _asked += cluster.Asked;
            _ready += cluster.ReadyNow;
        }

        _floor = Math.Min(_target, FloorOf(before));
    }

    public TransitionStep Step()
    {
        Remove();
        Add();
        Release();
        var isDone = _clusters.All(c => _replicas[c.Name] == c.Target);
        var wait = isDone ? TransitionWait.Nothing : _limited ? TransitionWait.Interval : TransitionWait.Readiness;
        return new TransitionStep
        {
            Replicas = _replicas,
            State = new TransitionState(_intervalStart, _moved, isDone ? null : _floor),
            Wait = wait,
            NextAfter = wait == TransitionWait.Interval ? _intervalStart + _limits.Interval - _now : null,
        };
    }

    /// <summary>
    /// The ready replicas to keep: those of the transition's beginning, and more when more are ready without counting those that are asked for
    /// above the total.
    /// </summary>
    private long FloorOf(TransitionState? before) => before?.Floor is { } floor ? Math.Max(floor, _ready - Math.Max(0, _asked - _target)) : _ready;

    private void Remove()
    {
        var removable = Math.Max(0, _asked - _target);
        var spareReady = Math.Max(0, _ready - _floor);
        var givers = _clusters.Where(static c => c is { IsHealthy: true, Ready: not null, Excess: > 0 })
            .OrderByDescending(static c => c.Excess).ThenBy(static c => c.Name, StringComparer.Ordinal).ToArray();
        foreach (var giver in givers)
        {
            removable -= Take(giver, Math.Min(giver.Asked - giver.ReadyNow, removable));
        }

        foreach (var giver in givers)
        {
            var taken = Take(giver, Math.Min(removable, spareReady));
            removable -= taken;
            spareReady -= taken;
        }
    }

    private long Take(TransitionCluster giver, long most)
    {
        var taken = Math.Min(_replicas[giver.Name] - giver.Target, most);
        _replicas[giver.Name] -= taken;
        _asked -= taken;
        return taken;
    }

    private void Add()
    {
        var takers = _clusters.Where(static c => c is { IsHealthy: true, Lacking: > 0 })
            .OrderByDescending(static c => c.Lacking).ThenBy(static c => c.Name, StringComparer.Ordinal).ToArray();
        var lacking = takers.Sum(static c => c.Lacking);
        var growth = Math.Min(lacking, Math.Max(0, _target - _asked));
        var left = growth + Moves(lacking - growth, Math.Max(0, _asked - _target));
        foreach (var taker in takers)
        {
            var given = Math.Min(taker.Lacking, left);
            _replicas[taker.Name] += given;
            left -= given;
        }
    }

    /// <summary>How many moves may begin, of so many that are left, with so many under way.</summary>
    private long Moves(long wanted, long underWay)
    {
        var surge = Math.Max(0, Math.Max(1, _limits.Surge) - underWay);
        var quota = _limits.MaxMoved is { } most ? Math.Max(0, Math.Max(1, most) - _moved) : long.MaxValue;
        var moves = Math.Min(wanted, Math.Min(surge, quota));
        _limited = quota < Math.Min(wanted, surge);
        _moved += moves;
        return moves;
    }

    /// <summary>What clusters have that cannot be relied on is given up when all others have what they are to have.</summary>
    private void Release()
    {
        if (_ready < _target)
        {
            return;
        }

        foreach (var cluster in _clusters.Where(static c => c is { IsHealthy: false, Excess: > 0 }))
        {
            _replicas[cluster.Name] = cluster.Target;
        }
    }
}
