namespace KubeFed.DevClusters.Controllers.Deployments;

/// <summary>
/// What a deployment needs next, as kube-controller-manager's deployment controller decides: one step, after which the world is looked at anew.
/// </summary>
internal static class DeploymentPlanner
{
    private const int DefaultHistory = 10;

    /// <param name="state">The deployment and its replica sets.</param>
    /// <param name="oldPods">How many pods of the old replica sets there still are, those being deleted among them.</param>
    public static DeploymentPlan Plan(DeploymentState state, int oldPods)
    {
        if (state.Deployment.Metadata.IsDeleting)
        {
            return DeploymentPlan.Nothing;
        }

        if (state.Deployment.Spec.Paused || IsScaling(state))
        {
            return new DeploymentPlan { Scale = ProportionalScaling.Plan(state) };
        }

        return state.Deployment.Spec.IsRecreate ? Recreate(state, oldPods) : Roll(state);
    }

    /// <summary>Whether the deployment was scaled since its replica sets were last: those with pods say how many were wanted.</summary>
    public static bool IsScaling(DeploymentState state) => !state.Deployment.Spec.IsRecreate && state.All.Any(
        set => set.Spec.DesiredReplicas > 0
            && set.Metadata.Number(DeploymentAnnotations.DesiredReplicas) is { } desired
            && desired != state.Desired);

    private static DeploymentPlan Recreate(DeploymentState state, int oldPods)
    {
        var down = state.Old.Where(static set => set.Spec.DesiredReplicas > 0).Select(static set => new ScaleStep(set, 0)).ToList();
        if (down.Count > 0)
        {
            return new DeploymentPlan { Scale = down };
        }

        if (oldPods > 0 && state.New is not { Spec.DesiredReplicas: > 0 })
        {
            return DeploymentPlan.Nothing;
        }

        return state.New is null ? new DeploymentPlan { Create = state.Desired }
            : state.New.Spec.DesiredReplicas != state.Desired ? new DeploymentPlan { Scale = [new ScaleStep(state.New, state.Desired)] }
            : CleanUp(state);
    }

    private static DeploymentPlan Roll(DeploymentState state)
    {
        var wanted = NewReplicas(state);
        if (state.New is null)
        {
            return new DeploymentPlan { Create = wanted };
        }

        if (wanted != state.New.Spec.DesiredReplicas)
        {
            return new DeploymentPlan { Scale = [new ScaleStep(state.New, wanted)] };
        }

        var down = ScaleDownOld(state, state.New);
        return down.Count > 0 ? new DeploymentPlan { Scale = down } : CleanUp(state);
    }

    private static int NewReplicas(DeploymentState state)
    {
        var present = state.New?.Spec.DesiredReplicas ?? 0;
        if (present >= state.Desired)
        {
            return state.Desired;
        }

        var room = state.Desired + state.MaxSurge - DeploymentState.Total(state.All);
        return room <= 0 ? present : present + Math.Min(room, state.Desired - present);
    }

    // First pods that are not available anyway, then as many available ones as may go.
    private static List<ScaleStep> ScaleDownOld(DeploymentState state, ReplicaSet newSet)
    {
        var wanted = state.Old.ToDictionary(static set => set, static set => set.Spec.DesiredReplicas);
        var newUnavailable = newSet.Spec.DesiredReplicas - Available(newSet);
        var mayGo = DeploymentState.Total(state.All) - state.MinAvailable - newUnavailable;
        if (mayGo <= 0)
        {
            return [];
        }

        foreach (var set in state.Old)
        {
            var unhealthy = Math.Min(mayGo, set.Spec.DesiredReplicas - Available(set));
            wanted[set] -= unhealthy;
            mayGo -= unhealthy;
        }

        var spare = state.All.Sum(Available) - state.MinAvailable;
        foreach (var set in state.Old)
        {
            var goes = Math.Clamp(Math.Min(wanted[set], spare), 0, Math.Max(mayGo, 0));
            wanted[set] -= goes;
            spare -= goes;
            mayGo -= goes;
        }

        return [.. state.Old.Where(set => wanted[set] != set.Spec.DesiredReplicas).Select(set => new ScaleStep(set, wanted[set]))];
    }

    // What the status says may be of a time before the set was scaled down.
    private static int Available(ReplicaSet set) => Math.Min(set.Status.AvailableReplicas, set.Spec.DesiredReplicas);

    private static DeploymentPlan CleanUp(DeploymentState state)
    {
        if (!DeploymentStatuses.IsComplete(state.Deployment))
        {
            return DeploymentPlan.Nothing;
        }

        var idle = state.Old
            .Where(static set => set.Spec.DesiredReplicas == 0 && set.Status.Replicas == 0 && set.Metadata.Generation <= set.Status.ObservedGeneration)
            .OrderBy(static set => set.Metadata.RevisionOf())
            .ToList();
        var excess = state.Old.Count - (state.Deployment.Spec.RevisionHistoryLimit ?? DefaultHistory);
        return new DeploymentPlan { Remove = [.. idle.Take(Math.Max(0, excess))] };
    }
}
