using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.Scheduling;

/// <summary>Taints and the tolerations that bear them.</summary>
internal static class Taints
{
    public const string NoSchedule = "NoSchedule";
    public const string NoExecute = "NoExecute";
    public const string Unschedulable = "node.kubernetes.io/unschedulable";
    public const string Unreachable = "node.kubernetes.io/unreachable";

    /// <summary>The first taint of a node that keeps a pod off, or null.</summary>
    public static Taint? Untolerated(Node node, PodSpec pod) => (node.Spec.Taints ?? []).FirstOrDefault(
        taint => taint.Effect is NoSchedule or NoExecute && !IsTolerated(taint, pod.Tolerations));

    public static bool IsTolerated(Taint taint, IReadOnlyList<Toleration>? tolerations) => Find(taint, tolerations) is not null;

    /// <summary>The toleration that bears a taint, or null.</summary>
    public static Toleration? Find(Taint taint, IReadOnlyList<Toleration>? tolerations) => tolerations?.FirstOrDefault(toleration =>
        (string.IsNullOrEmpty(toleration.Effect) || toleration.Effect == taint.Effect)
        && (string.IsNullOrEmpty(toleration.Key) || toleration.Key == taint.Key)
        && toleration.Operator switch
        {
            "Exists" => true,
            null or "" or "Equal" => (toleration.Value ?? "") == (taint.Value ?? ""),
            _ => false,
        });
}
