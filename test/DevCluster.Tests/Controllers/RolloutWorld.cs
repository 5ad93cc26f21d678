using KubeFed.DevClusters.Controllers.Deployments;

namespace KubeFed.DevClusters.Tests.Controllers;

/// <summary>A deployment, its replica sets and their pods without a cluster: what the planner decides is done at once, pods become available when told.</summary>
internal sealed class RolloutWorld(int replicas, string surge, string unavailable)
{
    private readonly SortedDictionary<int, (int Wanted, int Present, int Available, int ToldFor)> _sets = [];
    private int _version;

    public int Replicas { get; private set; } = replicas;

    /// <summary>Pods that there are.</summary>
    public int Pods => _sets.Values.Sum(static s => s.Present);

    public int Available => _sets.Values.Sum(static s => s.Available);

    public DeploymentState State => new(Deployment(), _sets.Select(static s => Set(s.Key, s.Value.Wanted, s.Value.Available, s.Value.ToldFor)));

    public bool IsDone => _sets.ContainsKey(_version) && _sets.All(s => s.Value.Wanted == (s.Key == _version ? Replicas : 0) && s.Value.Available == s.Value.Wanted && s.Value.Present == s.Value.Wanted);

    public void ChangeTemplate() => _version++;

    public void Scale(int to) => Replicas = to;

    /// <summary>The controller's turn; whether it did anything.</summary>
    public bool Step()
    {
        var plan = DeploymentPlanner.Plan(State, 0);
        if (plan.Create is { } count)
        {
            _sets[_version] = (count, 0, 0, Replicas);
        }

        foreach (var step in plan.Scale)
        {
            var key = int.Parse(step.Set.Name[4..]);
            _sets[key] = _sets[key] with { Wanted = step.Replicas, ToldFor = Replicas };
        }

        return plan.Create is not null || plan.Scale.Count > 0;
    }

    /// <summary>The turn of one replica set: it makes what is missing and removes what is too much, pods that are not available first.</summary>
    public void Sync(int which)
    {
        if (_sets.Count > 0)
        {
            var (key, set) = _sets.ElementAt(which % _sets.Count);
            _sets[key] = set with { Present = set.Wanted, Available = Math.Min(set.Available, set.Wanted) };
        }
    }

    /// <summary>One more pod of a replica set becomes available.</summary>
    public void Ripen(int which)
    {
        if (_sets.Count > 0)
        {
            var (key, set) = _sets.ElementAt(which % _sets.Count);
            _sets[key] = set with { Available = Math.Min(set.Present, set.Available + 1) };
        }
    }

    private Deployment Deployment() => Kube.Deployment(
        Replicas, $"v{_version}", $"'strategy':{{'type':'RollingUpdate','rollingUpdate':{{'maxSurge':'{surge}','maxUnavailable':'{unavailable}'}} }}");

    private static ReplicaSet Set(int version, int wanted, int available, int toldFor) => Kube.ReplicaSet(
        $"web-{version}", wanted, $"v{version}", available, $"'deployment.kubernetes.io/desired-replicas':'{toldFor}'", age: 1000 - version);
}
