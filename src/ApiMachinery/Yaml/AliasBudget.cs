namespace KubeFed.ApiMachinery.Yaml;

/// <summary>What the aliases of one input, all its documents together, may still add.</summary>
internal sealed class AliasBudget(YamlLimits limits)
{
    private long _left = limits.MaxAliasExpansion;

    /// <summary>Takes a cost out of the budget.</summary>
    /// <returns>Whether there was enough left.</returns>
    public bool TryTake(long cost) => (_left -= cost) >= 0;
}
