namespace KubeFed.Scale.Raw;

/// <summary>Finds how many requests in flight to each cluster give the most throughput. Warms everything up on the way.</summary>
internal sealed class ConcurrencySearch(RawLimit raw, Progress progress)
{
    private const int Sample = 300;
    private static readonly int[] Candidates = [8, 16, 32, 64, 128];

    /// <summary>Tries each candidate with the same number of objects, after one burst that only warms up.</summary>
    public async Task<IReadOnlyDictionary<int, double>> RunAsync(int objects, CancellationToken cancellationToken)
    {
        var sample = Math.Min(objects, Sample);
        await raw.CreateAsync("warm", sample, Candidates[^1], cancellationToken);
        await raw.CleanAsync(cancellationToken);
        var rates = new Dictionary<int, double>();
        foreach (var candidate in Candidates)
        {
            var elapsed = await raw.CreateAsync($"try{candidate}", sample, candidate, cancellationToken);
            await raw.CleanAsync(cancellationToken);
            rates[candidate] = sample / elapsed.TotalSeconds;
            progress.Say($"raw, {candidate} requests in flight to each cluster: {rates[candidate]:0} objects/s");
        }

        return rates;
    }
}
