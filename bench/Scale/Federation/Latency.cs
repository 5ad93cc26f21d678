namespace KubeFed.Scale.Federation;

/// <summary>How long single changes of templates took until the watch of every member had shown them, in milliseconds.</summary>
internal sealed record Latency
{
    /// <summary>What else went on.</summary>
    public required string Name { get; init; }

    /// <summary>How many changes were made, one after the other.</summary>
    public required int Samples { get; init; }

    public required double Median { get; init; }

    public required double Percentile95 { get; init; }

    public required double Longest { get; init; }

    /// <summary>The figures of changes that took so long.</summary>
    public static Latency Of(string name, IReadOnlyCollection<TimeSpan> times)
    {
        var sorted = times.Select(static t => t.TotalMilliseconds).Order().ToArray();
        return new Latency { Name = name, Samples = sorted.Length, Median = At(0.5), Percentile95 = At(0.95), Longest = sorted[^1] };

        double At(double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }
}
