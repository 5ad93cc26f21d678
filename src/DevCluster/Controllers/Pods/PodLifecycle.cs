using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.DevClusters.Controllers.Nodes;
using KubeFed.DevClusters.Controllers.Scheduling;

namespace KubeFed.DevClusters.Controllers.Pods;

/// <summary>What a node does about its pods: a step at a time, told by where a pod is and for how long.</summary>
internal static class PodLifecycle
{
    /// <summary>Where a pod is. <paramref name="node"/> is the node that it is assigned to, null when there is none of that name.</summary>
    public static PodStage StageOf(Pod pod, Node? node) =>
        string.IsNullOrEmpty(pod.Spec.NodeName) ? PodStage.Unassigned
        : node is null ? PodStage.Lost
        : node.Object.IsDown() ? PodStage.Unreachable
        : pod.Metadata.IsDeleting ? PodStage.Stopping
        : pod.IsTerminal() ? PodStage.Ended
        : pod.Status.Phase == PodState.Running ? PodStage.Running
        : pod.Status.StartTime is not null ? PodStage.Starting
        : PodStage.Assigned;

    /// <summary>The next step of a pod that has been in its stage for <paramref name="elapsed"/>.</summary>
    public static PodStep Next(PodView view, TimeSpan elapsed, PodTimings timings) => view.Stage switch
    {
        PodStage.Lost => new PodStep { Remove = true },
        PodStage.Unreachable => Unreachable(view, elapsed, timings),
        PodStage.Assigned => new PodStep { Status = PodStatuses.Starting(view) },
        PodStage.Starting => Start(view, elapsed, timings),
        PodStage.Running => Run(view, elapsed, timings),
        PodStage.Stopping => Stop(view.Pod, elapsed, timings),
        _ => PodStep.Nothing,
    };

    private static PodStep Start(PodView view, TimeSpan elapsed, PodTimings timings)
    {
        var script = PodScript.Of(view.Pod, timings);
        if (script.Start is not { } delay)
        {
            return PodStatuses.IsPullFailure(view.Pod.Status) ? PodStep.Nothing : new PodStep
            {
                Status = PodStatuses.PullFailed(view),
                Event = ("Failed", $"Failed to pull image \"{First(view.Pod)?.Image}\": the pod asks for it by an annotation"),
            };
        }

        return elapsed < delay ? PodStep.After(delay - elapsed) : new PodStep
        {
            Status = PodStatuses.Running(view, script.Ready),
            Wake = script.Run,
            Event = ("Started", $"Started container {First(view.Pod)?.Name}"),
        };
    }

    private static ContainerSpec? First(Pod pod) => pod.Spec.Containers is [var first, ..] ? first : null;

    private static PodStep Run(PodView view, TimeSpan elapsed, PodTimings timings)
    {
        var script = PodScript.Of(view.Pod, timings);
        if (script.Run is { } time && elapsed >= time)
        {
            return new PodStep { Status = PodStatuses.Ended(view, script.ExitCode) };
        }

        return new PodStep
        {
            Status = view.Pod.IsReady() == script.Ready ? null : PodStatuses.WithReadiness(view.Pod.Status, script.Ready, "ContainersNotReady", view.Now),
            Wake = script.Run - elapsed,
        };
    }

    private static PodStep Stop(Pod pod, TimeSpan elapsed, PodTimings timings)
    {
        var grace = TimeSpan.FromSeconds(pod.Metadata.DeletionGracePeriodSeconds ?? 0);
        var needed = pod.IsTerminal() || pod.Status.Phase != PodState.Running ? TimeSpan.Zero : grace < timings.Stop ? grace : timings.Stop;
        return elapsed >= needed ? new PodStep { Remove = true } : PodStep.After(needed - elapsed);
    }

    // The control plane calls such pods not ready at once, and gives them up when their toleration is over.
    private static PodStep Unreachable(PodView view, TimeSpan elapsed, PodTimings timings)
    {
        if (view.Pod.IsReady())
        {
            return new PodStep { Status = PodStatuses.NodeLost(view.Pod.Status, view.Now), Wake = TimeSpan.Zero };
        }

        var taint = new Taint { Key = Taints.Unreachable, Effect = Taints.NoExecute };
        var toleration = Taints.Find(taint, view.Pod.Spec.Tolerations);
        if (toleration is { TolerationSeconds: null })
        {
            return PodStep.Nothing;
        }

        var patience = toleration?.TolerationSeconds is { } seconds ? TimeSpan.FromSeconds(Math.Max(0, seconds)) : timings.Unreachable;
        return elapsed >= patience ? new PodStep { Remove = true } : PodStep.After(patience - elapsed);
    }
}
