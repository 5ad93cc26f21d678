namespace KubeFed.DevClusters.Controllers.Deployments;

/// <summary>
/// Scales a deployment that is paused, or whose size has changed: one replica set takes the whole number, several that share a rollout
/// take each its share, as kube-controller-manager does.
/// </summary>
internal static class ProportionalScaling
{
    public static IReadOnlyList<ScaleStep> Plan(DeploymentState state)
    {
        var active = state.All.Where(static set => set.Spec.DesiredReplicas > 0).ToList();
        if (active.Count <= 1)
        {
            var only = active.Count == 1 ? active[0] : state.New ?? (state.Old.Count > 0 ? state.Old[^1] : null);
            return only is null ? [] : Changes(state, [new ScaleStep(only, state.Desired)]);
        }

        if (state.New is { } newSet && IsSaturated(state, newSet))
        {
            return Changes(state, active.Where(set => set != newSet).Select(static set => new ScaleStep(set, 0)));
        }

        return state.Deployment.Spec.IsRecreate ? [] : Changes(state, Share(state, active));
    }

    private static bool IsSaturated(DeploymentState state, ReplicaSet set) =>
        set.Spec.DesiredReplicas == state.Desired
        && set.Metadata.Number(DeploymentAnnotations.DesiredReplicas) == state.Desired
        && set.Status.AvailableReplicas == state.Desired;

    private static IEnumerable<ScaleStep> Share(DeploymentState state, List<ReplicaSet> active)
    {
        var allowed = state.Desired > 0 ? state.Desired + state.MaxSurge : 0;
        var toAdd = allowed - DeploymentState.Total(active);
        var bySize = active.OrderByDescending(static set => set.Spec.DesiredReplicas);
        List<ReplicaSet> ordered = toAdd > 0
            ? [.. bySize.ThenByDescending(static set => set.Metadata.CreationTimestamp)]
            : [.. bySize.ThenBy(static set => set.Metadata.CreationTimestamp)];
        var steps = new List<ScaleStep>();
        var added = 0;
        foreach (var set in ordered)
        {
            var share = Proportion(state, set, toAdd, added);
            added += share;
            steps.Add(new ScaleStep(set, set.Spec.DesiredReplicas + share));
        }

        var rest = toAdd - added;
        return rest == 0 ? steps : steps.Select((step, i) => i == 0 ? step with { Replicas = Math.Max(0, step.Replicas + rest) } : step);
    }

    private static int Proportion(DeploymentState state, ReplicaSet set, int toAdd, int added)
    {
        if (toAdd == 0 || toAdd == added)
        {
            return 0;
        }

        var fraction = Fraction(state, set);
        return toAdd > 0 ? Math.Min(fraction, toAdd - added) : Math.Max(fraction, toAdd - added);
    }

    private static int Fraction(DeploymentState state, ReplicaSet set)
    {
        var present = set.Spec.DesiredReplicas;
        if (state.Desired == 0)
        {
            return -present;
        }

        var formerMax = set.Metadata.Number(DeploymentAnnotations.MaxReplicas) is { } max and > 0 ? max : Math.Max(1, state.Deployment.Status.Replicas);
        var share = (double)present * (state.Desired + state.MaxSurge) / formerMax;
        return (int)Math.Round(share, MidpointRounding.AwayFromZero) - present;
    }

    // A step that changes nothing but the annotation of the wanted number is one too.
    private static IReadOnlyList<ScaleStep> Changes(DeploymentState state, IEnumerable<ScaleStep> steps) => [.. steps.Where(step =>
        step.Replicas != step.Set.Spec.DesiredReplicas
        || (step.Replicas > 0 && step.Set.Metadata.Number(DeploymentAnnotations.DesiredReplicas) is { } desired && desired != state.Desired))];
}
