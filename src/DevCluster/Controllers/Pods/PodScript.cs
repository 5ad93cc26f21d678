using System.Globalization;
using KubeFed.DevClusters.Controllers.Machinery;

namespace KubeFed.DevClusters.Controllers.Pods;

/// <summary>What a pod is to act out: annotations that say so, or what its kind of owner suggests.</summary>
/// <param name="Start">How long it takes to start; null when it never does.</param>
/// <param name="Run">How long it runs; null for ever.</param>
/// <param name="ExitCode">How it ends.</param>
/// <param name="Ready">Whether it is ready while it runs.</param>
internal sealed record PodScript(TimeSpan? Start, TimeSpan? Run, int ExitCode, bool Ready)
{
    /// <summary>Seconds until it runs, or <c>never</c>: then its image cannot be pulled.</summary>
    public const string StartAfter = "devcluster.kubefed.io/start-after";

    /// <summary>Seconds that it runs.</summary>
    public const string RunFor = "devcluster.kubefed.io/run-for";

    /// <summary>The exit code with which it ends.</summary>
    public const string Exit = "devcluster.kubefed.io/exit-code";

    /// <summary><c>false</c> for a pod that runs and is not ready.</summary>
    public const string IsReady = "devcluster.kubefed.io/ready";

    public static PodScript Of(Pod pod, PodTimings timings)
    {
        var runs = pod.Metadata.Controller("Job") is not null ? timings.Run : (TimeSpan?)null;
        return new PodScript(
            Text(pod, StartAfter) == "never" ? null : Seconds(pod, StartAfter) ?? timings.Start,
            pod.Spec.RestartsAlways ? null : Seconds(pod, RunFor) ?? runs,
            int.TryParse(Text(pod, Exit), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0,
            Text(pod, IsReady) != "false");
    }

    private static string? Text(Pod pod, string key) => pod.Metadata.Annotations.TryGetValue(key, out var text) ? text : null;

    private static TimeSpan? Seconds(Pod pod, string key) =>
        double.TryParse(Text(pod, key), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 1e6
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
