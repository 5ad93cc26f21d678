using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Events;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Scheduling.V1Alpha1;

namespace KubeFed.FederationControllerManager.Scheduling;

/// <summary>Tells of preferences what is new: replicas shared anew, and what keeps them from being shared.</summary>
internal sealed class SchedulingEvents(IEventRecorder recorder)
{
    private const string Action = "Schedule";

    /// <summary>The federated object was changed.</summary>
    public void Applied(KubeObject preference, string schedule) =>
        recorder.Record(preference, EventType.Normal, SchedulingEventReasons.ReplicasScheduled, Action, schedule);

    /// <summary>Tells of a condition that is false for another reason than before.</summary>
    public void Tell(KubeObject preference, ReplicaSchedulingPreferenceStatus before, ReplicaSchedulingPreferenceStatus after)
    {
        if (after.FindCondition(SchedulingConditions.Scheduled) is { Status: ConditionStatus.False } failed
            && before.FindCondition(SchedulingConditions.Scheduled)?.Reason != failed.Reason)
        {
            recorder.Record(preference, EventType.Warning, failed.Reason ?? SchedulingReasons.NotScheduled, Action, failed.Message ?? "");
        }
    }
}
