using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.Deployments;

/// <summary>The status of deployments, whose words kubectl rollout status reads.</summary>
internal static class DeploymentStatuses
{
    public const string Available = "Available";
    public const string Progressing = "Progressing";
    private const string ReplicaFailure = "ReplicaFailure";
    private const string NewSetAvailable = "NewReplicaSetAvailable";
    private const string DeadlineExceeded = "ProgressDeadlineExceeded";
    private const int DefaultDeadlineSeconds = 600;
    private const string PausedReason = "DeploymentPaused";

    /// <summary>Whether a deployment has nothing left to do, by its own status.</summary>
    public static bool IsComplete(Deployment deployment) => IsComplete(deployment, deployment.Status) && deployment.Status.ObservedGeneration >= deployment.Metadata.Generation;

    /// <summary>The status that replica sets make.</summary>
    /// <param name="state">The deployment and its replica sets.</param>
    /// <param name="created">The name of the replica set that was just made, or null.</param>
    /// <param name="collisions">How often the name of a new replica set was taken.</param>
    /// <param name="now">The present time.</param>
    public static DeploymentStatus Of(DeploymentState state, string? created, int? collisions, DateTimeOffset now)
    {
        var available = state.All.Sum(static set => set.Status.AvailableReplicas);
        var old = state.Deployment.Status;
        var status = new DeploymentStatus
        {
            ObservedGeneration = state.Deployment.Metadata.Generation,
            Replicas = state.All.Sum(static set => set.Status.Replicas),
            UpdatedReplicas = state.New?.Status.Replicas ?? 0,
            ReadyReplicas = state.All.Sum(static set => set.Status.ReadyReplicas),
            AvailableReplicas = available,
            UnavailableReplicas = Math.Max(0, DeploymentState.Total(state.All) - available),
            CollisionCount = collisions,
            Conditions = old.Conditions,
        };
        var conditions = available >= state.MinAvailable
            ? old.Conditions.With(Available, Condition.True, "MinimumReplicasAvailable", "Deployment has minimum availability.", now, updateTime: true)
            : old.Conditions.With(Available, Condition.False, "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", now, updateTime: true);
        return status with { Conditions = WithFailure(Progress(state, status, conditions, created, now), state, now) };
    }

    /// <summary>How long until the deadline for progress is over; null when none runs.</summary>
    public static TimeSpan? UntilDeadline(Deployment deployment, DeploymentStatus status, DateTimeOffset now) =>
        Deadline(deployment) is var seconds and not int.MaxValue
        && status.Conditions.Find(Progressing) is { Reason: not (NewSetAvailable or DeadlineExceeded or PausedReason), LastUpdateTime: { } since }
            ? since.AddSeconds(seconds + 1) - now
            : null;

    private static int Deadline(Deployment deployment) => deployment.Spec.ProgressDeadlineSeconds ?? DefaultDeadlineSeconds;

    private static bool IsComplete(Deployment deployment, DeploymentStatus status) =>
        status.UpdatedReplicas == deployment.Spec.DesiredReplicas
        && status.Replicas == deployment.Spec.DesiredReplicas
        && status.AvailableReplicas == deployment.Spec.DesiredReplicas;

    private static IReadOnlyList<Condition> Progress(
        DeploymentState state, DeploymentStatus status, IReadOnlyList<Condition> conditions, string? created, DateTimeOffset now)
    {
        var deployment = state.Deployment;
        if (Deadline(deployment) == int.MaxValue)
        {
            return conditions.Without(Progressing);
        }

        var current = conditions.Find(Progressing);
        if (deployment.Spec.Paused)
        {
            return current?.Reason == DeadlineExceeded ? conditions : Set(Condition.Unknown, PausedReason, "Deployment is paused");
        }

        if (current?.Reason == PausedReason)
        {
            return Set(Condition.Unknown, "DeploymentResumed", "Deployment is resumed");
        }

        if (created is not null)
        {
            return Set(Condition.True, "NewReplicaSetCreated", $"Created new replica set \"{created}\"");
        }

        if (status.Replicas == status.UpdatedReplicas && current?.Reason == NewSetAvailable && state.New is not null && current.Message!.Contains($"\"{state.New.Name}\"", StringComparison.Ordinal))
        {
            return conditions;
        }

        var subject = state.New is null ? $"Deployment \"{deployment.Name}\"" : $"ReplicaSet \"{state.New.Name}\"";
        if (IsComplete(deployment, status))
        {
            return Set(Condition.True, NewSetAvailable, $"{subject} has successfully progressed.");
        }

        if (HasProgressed(deployment.Status, status))
        {
            return Renewed(Set(Condition.True, "ReplicaSetUpdated", $"{subject} is progressing."), now);
        }

        if (current is null && state.New is not null)
        {
            return Set(Condition.True, "FoundNewReplicaSet", $"Found new replica set \"{state.New.Name}\"");
        }

        return UntilDeadline(deployment, status with { Conditions = conditions }, now) <= TimeSpan.Zero
            ? Set(Condition.False, DeadlineExceeded, $"{subject} has timed out progressing.")
            : conditions;

        IReadOnlyList<Condition> Set(string value, string reason, string message) =>
            conditions.With(Progressing, value, reason, message, now, updateTime: true);
    }

    private static bool HasProgressed(DeploymentStatus old, DeploymentStatus status) =>
        status.UpdatedReplicas > old.UpdatedReplicas
        || status.Replicas - status.UpdatedReplicas < old.Replicas - old.UpdatedReplicas
        || status.ReadyReplicas > old.ReadyReplicas
        || status.AvailableReplicas > old.AvailableReplicas;

    // Every sign of progress starts the deadline anew.
    private static IReadOnlyList<Condition> Renewed(IReadOnlyList<Condition> conditions, DateTimeOffset now) =>
        [.. conditions.Select(c => c.Type == Progressing ? c with { LastUpdateTime = now } : c)];

    private static IReadOnlyList<Condition> WithFailure(IReadOnlyList<Condition> conditions, DeploymentState state, DateTimeOffset now)
    {
        var failures = state.All.OrderBy(set => set != state.New).Select(static set => set.Status.Conditions?.Find(ReplicaFailure));
        return failures.FirstOrDefault(static failure => failure?.IsTrue == true) is { } found
            ? conditions.With(ReplicaFailure, Condition.True, found.Reason, found.Message, now, updateTime: true)
            : conditions.Without(ReplicaFailure);
    }
}
