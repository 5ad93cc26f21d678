namespace KubeFed.Scale.Measure;

/// <summary>A process's resident memory, in MiB.</summary>
/// <param name="Now">At this moment.</param>
/// <param name="Peak">The most since its start.</param>
internal sealed record ProcessMemory(double Now, double Peak)
{
    public static ProcessMemory Read(int id)
    {
        var lines = File.ReadAllLines($"/proc/{id}/status");
        return new ProcessMemory(MiB("VmRSS:"), MiB("VmHWM:"));

        double MiB(string name) => lines
            .Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Select(line => double.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal)) / 1024)
            .FirstOrDefault();
    }
}
