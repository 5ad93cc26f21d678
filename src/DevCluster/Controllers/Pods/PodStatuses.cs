using System.Security.Cryptography;
using System.Text;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.Pods;

/// <summary>The statuses that a kubelet gives pods.</summary>
internal static class PodStatuses
{
    private const string SandboxReady = "PodReadyToStartContainers";
    private const string NotReady = "ContainersNotReady";

    /// <summary>Accepted by the node, its containers not made yet.</summary>
    public static PodStatus Starting(PodView view)
    {
        var message = Unready(view.Pod);
        var conditions = view.Pod.Status.Conditions
            .With(SandboxReady, Condition.False, null, null, view.Now)
            .With(PodState.Initialized, Condition.True, null, null, view.Now)
            .With(PodState.Ready, Condition.False, NotReady, message, view.Now)
            .With(PodState.ContainersReady, Condition.False, NotReady, message, view.Now)
            .With(PodState.Scheduled, Condition.True, null, null, view.Now);
        return view.Pod.Status with
        {
            Phase = PodState.Pending,
            Conditions = conditions,
            StartTime = view.Now,
            HostIP = view.HostAddress,
            HostIPs = [new AddressEntry { Ip = view.HostAddress }],
            ContainerStatuses = [.. view.Pod.Spec.Containers.Select(static c => Waiting(c, "ContainerCreating", null))],
        };
    }

    /// <summary>All containers running.</summary>
    public static PodStatus Running(PodView view, bool ready)
    {
        var status = view.Pod.Status with
        {
            Phase = PodState.Running,
            Conditions = view.Pod.Status.Conditions.With(SandboxReady, Condition.True, null, null, view.Now),
            PodIP = view.Address,
            PodIPs = [new AddressEntry { Ip = view.Address }],
            InitContainerStatuses = view.Pod.Spec.InitContainers is { Count: > 0 } init ? [.. init.Select(c => Terminated(view, c, 0))] : null,
            ContainerStatuses = [.. view.Pod.Spec.Containers.Select(c => Started(view, c))],
        };
        return WithReadiness(status, ready, NotReady, view.Now);
    }

    /// <summary>All containers ended.</summary>
    public static PodStatus Ended(PodView view, int exitCode)
    {
        var reason = exitCode == 0 ? "PodCompleted" : "PodFailed";
        var status = WithReadiness(view.Pod.Status, ready: false, reason, view.Now);
        return status with
        {
            Phase = exitCode == 0 ? PodState.Succeeded : PodState.Failed,
            Conditions = status.Conditions
                .With(PodState.Initialized, Condition.True, exitCode == 0 ? reason : null, null, view.Now)
                .With(SandboxReady, Condition.False, null, null, view.Now),
            ContainerStatuses = [.. view.Pod.Spec.Containers.Select(c => Terminated(view, c, exitCode))],
        };
    }

    /// <summary>An image that cannot be pulled.</summary>
    public static PodStatus PullFailed(PodView view) => view.Pod.Status with
    {
        ContainerStatuses = [.. view.Pod.Spec.Containers.Select(static c => Waiting(c, "ImagePullBackOff", $"Back-off pulling image \"{c.Image}\""))],
    };

    public static bool IsPullFailure(PodStatus status) => status.ContainerStatuses?.Any(static c => c.State?.Waiting?.Reason == "ImagePullBackOff") == true;

    /// <summary>A running pod that becomes ready, or is so no longer.</summary>
    public static PodStatus WithReadiness(PodStatus status, bool ready, string reason, DateTimeOffset now)
    {
        var value = ready ? Condition.True : Condition.False;
        var names = string.Join(" ", status.ContainerStatuses?.Select(static c => c.Name) ?? []);
        var message = ready || reason != NotReady ? null : $"containers with unready status: [{names}]";
        var why = ready ? null : reason;
        return status with
        {
            Conditions = status.Conditions
                .With(PodState.Ready, value, why, message, now)
                .With(PodState.ContainersReady, value, why, message, now),
            ContainerStatuses = status.ContainerStatuses is { } containers ? [.. containers.Select(c => c with { Ready = ready })] : null,
        };
    }

    /// <summary>A pod whose node is not heard of any more: only the control plane's own condition changes.</summary>
    public static PodStatus NodeLost(PodStatus status, DateTimeOffset now) => status with
    {
        Conditions = status.Conditions.With(PodState.Ready, Condition.False, null, null, now),
    };

    private static string Unready(Pod pod) => $"containers with unready status: [{string.Join(" ", pod.Spec.Containers.Select(static c => c.Name))}]";

    private static ContainerStatus Waiting(ContainerSpec container, string reason, string? message) => new()
    {
        Name = container.Name,
        Image = container.Image ?? "",
        State = new ContainerState { Waiting = new ContainerWaiting { Reason = reason, Message = message } },
        Started = false,
    };

    private static ContainerStatus Started(PodView view, ContainerSpec container) => new()
    {
        Name = container.Name,
        Image = container.Image ?? "",
        ImageID = ImageId(container),
        ContainerID = ContainerId(view.Pod, container),
        State = new ContainerState { Running = new ContainerRunning { StartedAt = view.Now } },
        Started = true,
    };

    private static ContainerStatus Terminated(PodView view, ContainerSpec container, int exitCode) => new()
    {
        Name = container.Name,
        Image = container.Image ?? "",
        ImageID = ImageId(container),
        ContainerID = ContainerId(view.Pod, container),
        Ready = exitCode == 0 && view.Stage == PodStage.Starting,
        Started = false,
        State = new ContainerState
        {
            Terminated = new ContainerTerminated
            {
                ExitCode = exitCode,
                Reason = exitCode == 0 ? "Completed" : "Error",
                StartedAt = view.Pod.Status.StartTime,
                FinishedAt = view.Now,
                ContainerID = ContainerId(view.Pod, container),
            },
        },
    };

    private static string ImageId(ContainerSpec container) => $"simulated://sha256:{Hash(container.Image ?? "")}";

    private static string ContainerId(Pod pod, ContainerSpec container) => $"simulated://{Hash($"{pod.Metadata.Uid}/{container.Name}")}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
