namespace KubeFed.Scale.Servers;

/// <summary>One line of the table: the samples of each server, taken in turn.</summary>
/// <param name="name">What was measured, with its unit.</param>
/// <param name="moreIsBetter">Whether a larger value is the better one.</param>
/// <param name="servers">How many servers there are.</param>
internal sealed class Row(string name, bool moreIsBetter, int servers)
{
    private readonly List<Sample>[] _samples = [.. Enumerable.Range(0, servers).Select(static _ => new List<Sample>())];

    public string Name => name;

    /// <summary>How many times better the second server is than the first; null where one of them has no value.</summary>
    public double? Ratio => Better(static sample => sample.Value, moreIsBetter);

    /// <summary>How many times less processor time the second takes than the first.</summary>
    public double? CpuRatio => Better(static sample => sample.CpuPerOperation, more: false);

    public void Add(int server, Sample sample) => _samples[server].Add(sample);

    /// <summary>The median of a server's values; null where it has none.</summary>
    public double? Value(int server) => Median(server, static sample => sample.Value);

    /// <summary>The median of a server's processor time for an operation.</summary>
    public double? Cpu(int server) => Median(server, static sample => sample.CpuPerOperation);

    private double? Better(Func<Sample, double> of, bool more) =>
        servers == 2 && Median(0, of) is { } first && Median(1, of) is { } second ? (more ? second / first : first / second) : null;

    private double? Median(int server, Func<Sample, double> of)
    {
        var sorted = _samples[server].Select(of).Where(static value => value > 0).Order().ToArray();
        return sorted.Length == 0 ? null : (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
