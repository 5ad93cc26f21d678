namespace KubeFed.Scale.Measure;

/// <summary>What the whole machine does.</summary>
internal static class MachineLoad
{
    /// <summary>Processor time spent since boot on anything but waiting, all processors together.</summary>
    public static double BusySeconds()
    {
        // user nice system idle iowait irq softirq steal
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..].Select(double.Parse).ToArray();
        return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) / 100;
    }

    /// <summary>The load average of the last minute.</summary>
    public static double Average() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0]);
}
