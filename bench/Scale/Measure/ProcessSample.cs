namespace KubeFed.Scale.Measure;

/// <summary>One process at one moment.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parent">The number of the process that started it.</param>
/// <param name="Name">Its program, cut to 15 characters by the kernel.</param>
/// <param name="CpuSeconds">Processor time so far, user and kernel.</param>
internal readonly record struct ProcessSample(int Id, int Parent, string Name, double CpuSeconds)
{
    private const double TicksPerSecond = 100;

    /// <summary>Reads a process from /proc, or null where there is none of that number.</summary>
    public static ProcessSample? Read(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var name = text[(text.IndexOf('(') + 1)..text.LastIndexOf(')')];
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessSample(id, int.Parse(fields[1]), name, (double.Parse(fields[11]) + double.Parse(fields[12])) / TicksPerSecond);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>This process and all that it started.</summary>
    public static IReadOnlyList<ProcessSample> ReadOwn()
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(static folder => int.TryParse(Path.GetFileName(folder), out var id) ? Read(id) : null)
            .OfType<ProcessSample>()
            .ToLookup(static sample => sample.Parent);
        var own = new List<ProcessSample>();
        var open = new Queue<ProcessSample>([Read(Environment.ProcessId)!.Value]);
        while (open.TryDequeue(out var next))
        {
            own.Add(next);
            foreach (var child in all[next.Id])
            {
                open.Enqueue(child);
            }
        }

        return own;
    }
}
