using System.Globalization;

namespace KubeFed.Hyperfed.Playground.Memory;

/// <summary>How much memory the processes of this machine can still have, as Linux tells it; what no file tells does not limit.</summary>
/// <param name="root">The root of the files.</param>
internal sealed class AvailableMemory(string root)
{
    private const long Unlimited = long.MaxValue;
    private const int Kilobyte = 1024;

    /// <summary>What the machine has free, or what the control group of this process has left, and those around it: the least of all.</summary>
    /// <value>In bytes.</value>
    public long Bytes => Math.Min(OfMachine(), Groups().Select(OfGroup).DefaultIfEmpty(Unlimited).Min());

    private long OfMachine() => Find(Path.Combine(root, "proc/meminfo"), "MemAvailable:") is { } kilobytes ? kilobytes * Kilobyte : Unlimited;

    // The folders of the process's group and of those around it. In a container the path can be one outside; then only the last is there.
    private IEnumerable<(string Folder, bool IsUnified)> Groups()
    {
        foreach (string[] parts in Lines(Path.Combine(root, "proc/self/cgroup")).Select(static line => line.Split(':', 3)))
        {
            bool isUnified = parts is ["0", "", _];
            if (parts.Length != 3 || (!isUnified && !parts[1].Split(',').Contains("memory")))
            {
                continue;
            }

            string top = Path.Combine(root, isUnified ? "sys/fs/cgroup" : "sys/fs/cgroup/memory");
            for (string? path = parts[2].Trim('/'); path is not null; path = path.Length == 0 ? null : Path.GetDirectoryName(path))
            {
                yield return (Path.Combine(top, path), isUnified);
            }
        }
    }

    private static long OfGroup((string Folder, bool IsUnified) group)
    {
        var (limit, usage, cached) = group.IsUnified ? ("memory.max", "memory.current", "inactive_file") : ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file");
        return Number(Path.Combine(group.Folder, limit)) is { } most && Number(Path.Combine(group.Folder, usage)) is { } used
            ? Math.Max(most - used + (Find(Path.Combine(group.Folder, "memory.stat"), cached) ?? 0), 0)
            : Unlimited;
    }

    private static long? Number(string file) =>
        Lines(file) is [{ } line, ..] && long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static long? Find(string file, string name) =>
        Lines(file).Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).FirstOrDefault(words => words.Length > 1 && words[0] == name) is { } found
        && long.TryParse(found[1], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
