using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.Machinery;

/// <summary>What a pod's status and metadata say of it.</summary>
internal static class PodState
{
    public const string Pending = "Pending";
    public const string Running = "Running";
    public const string Succeeded = "Succeeded";
    public const string Failed = "Failed";

    public const string Ready = "Ready";
    public const string ContainersReady = "ContainersReady";
    public const string Initialized = "Initialized";
    public const string Scheduled = "PodScheduled";

    /// <summary>Whether it has ended: it holds no resources and will not run again.</summary>
    public static bool IsTerminal(this Pod pod) => pod.Status.Phase is Succeeded or Failed;

    /// <summary>Whether it counts as a replica: it has neither ended nor is it being deleted.</summary>
    public static bool IsActive(this Pod pod) => !pod.IsTerminal() && !pod.Metadata.IsDeleting;

    public static bool IsReady(this Pod pod) => pod.Status.Conditions.IsTrue(Ready);

    /// <summary>Since when it is ready; null when it is not.</summary>
    public static DateTimeOffset? ReadySince(this Pod pod) =>
        pod.Status.Conditions.Find(Ready) is { IsTrue: true } ready ? ready.LastTransitionTime ?? DateTimeOffset.MinValue : null;

    /// <summary>When the last of its containers ended; null while one has not.</summary>
    public static DateTimeOffset? EndedAt(this Pod pod) => pod.Status.ContainerStatuses?.Select(static c => c.State?.Terminated?.FinishedAt).Max();

    /// <summary>When it is, or was, available: ready for so long; null when it is not ready.</summary>
    public static DateTimeOffset? AvailableAt(this Pod pod, int minReadySeconds) => pod.ReadySince()?.AddSeconds(minReadySeconds);

    /// <summary>Whether it has been ready for so long.</summary>
    public static bool IsAvailable(this Pod pod, int minReadySeconds, DateTimeOffset now) => pod.AvailableAt(minReadySeconds) <= now;

    /// <summary>When the next of the pods that are ready will be available; null when there is none to wait for.</summary>
    public static TimeSpan? NextAvailable(this IEnumerable<Pod> pods, int minReadySeconds, DateTimeOffset now)
    {
        TimeSpan? next = null;
        foreach (var pod in pods)
        {
            if (pod.AvailableAt(minReadySeconds) - now is { } wait && wait > TimeSpan.Zero && !(wait >= next))
            {
                next = wait;
            }
        }

        return next;
    }
}
