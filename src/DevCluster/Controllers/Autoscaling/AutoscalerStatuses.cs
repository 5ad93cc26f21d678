using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.Autoscaling;

/// <summary>The status of autoscalers in a cluster without metrics: they keep the size within its bounds and say that they can do no more.</summary>
internal static class AutoscalerStatuses
{
    private const string NoMetrics =
        "the HPA was unable to compute the replica count: unable to get metrics: no metrics API is served (pods of this cluster run nothing that could be measured)";

    /// <summary>How many replicas the target is to have: what it has, within the bounds. A target of none stays so.</summary>
    public static int Desired(AutoscalerSpec spec, int present) => present == 0 ? 0 : Math.Clamp(present, Math.Min(spec.MinReplicas ?? 1, spec.MaxReplicas), spec.MaxReplicas);

    /// <param name="autoscaler">The autoscaler.</param>
    /// <param name="present">The size of its target; null when there is no target that it can scale.</param>
    /// <param name="now">The present time.</param>
    public static AutoscalerStatus Of(Autoscaler autoscaler, int? present, DateTimeOffset now)
    {
        var conditions = autoscaler.Status.Conditions;
        if (present is not { } size)
        {
            var target = autoscaler.Spec.ScaleTargetRef;
            conditions = conditions.With(
                "AbleToScale", Condition.False, "FailedGetScale", $"the HPA controller was unable to get the target's current scale: {target?.Kind} \"{target?.Name}\" not found", now);
            return autoscaler.Status with { ObservedGeneration = autoscaler.Metadata.Generation, Conditions = conditions };
        }

        var desired = Desired(autoscaler.Spec, size);
        conditions = conditions.With("AbleToScale", Condition.True, "SucceededGetScale", "the HPA controller was able to get the target's current scale", now);
        conditions = size == 0
            ? conditions.With("ScalingActive", Condition.False, "ScalingDisabled", "scaling is disabled since the replica count of the target is zero", now)
            : conditions.With("ScalingActive", Condition.False, "FailedGetResourceMetric", NoMetrics, now);
        return autoscaler.Status with
        {
            ObservedGeneration = autoscaler.Metadata.Generation,
            CurrentReplicas = size,
            DesiredReplicas = desired,
            LastScaleTime = desired == size ? autoscaler.Status.LastScaleTime : now,
            Conditions = conditions,
        };
    }
}
