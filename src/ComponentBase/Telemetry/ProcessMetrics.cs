using System.Diagnostics;
using System.Diagnostics.Metrics;
using KubeFed.ComponentBase.Versioning;

namespace KubeFed.ComponentBase.Telemetry;

/// <summary>
/// What every Prometheus client says of its process: <c>process_cpu_seconds_total</c>, <c>process_resident_memory_bytes</c>,
/// <c>process_virtual_memory_bytes</c>, <c>process_start_time_seconds</c>, <c>process_threads</c>, on Linux <c>process_open_fds</c>,
/// and <c>kubefed_build_info</c>. Garbage collection, thread pool and exceptions come from the runtime's own meter.
/// </summary>
internal static class ProcessMetrics
{
    public const string MeterName = "KubeFed.ComponentBase.Process";

    private const string DescriptorFolder = "/proc/self/fd";

    public static void Register(IMeterFactory meters, BuildInfo build)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableCounter("process.cpu", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Total user and system CPU time spent in seconds.");
        meter.CreateObservableGauge("process.resident_memory", () => Environment.WorkingSet, "By", "Resident memory size in bytes.");
        meter.CreateObservableGauge("process.virtual_memory", () => Read(process => process.VirtualMemorySize64), "By", "Virtual memory size in bytes.");
        meter.CreateObservableGauge("process.threads", () => (long)Read(process => process.Threads.Count), description: "Number of OS threads of the process.");
        var started = Read(process => new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        meter.CreateObservableGauge("process.start_time", () => started, "s", "Start time of the process since unix epoch in seconds.");
        if (Directory.Exists(DescriptorFolder))
        {
            meter.CreateObservableGauge("process.open_fds", () => Directory.EnumerateFileSystemEntries(DescriptorFolder).LongCount(), description: "Number of open file descriptors.");
        }

        KeyValuePair<string, object?>[] tags =
        [
            new("version", build.Version), new("commit", build.GitCommit), new("runtime", build.Runtime), new("platform", build.Platform),
        ];
        meter.CreateObservableGauge("kubefed.build_info", () => new Measurement<long>(1, tags), description: "Constant 1, labelled with what was built.");
    }

    private static T Read<T>(Func<Process, T> value)
    {
        using var process = Process.GetCurrentProcess();
        return value(process);
    }
}
