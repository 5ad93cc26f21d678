namespace KubeFed.ApiServerRuntime.Storage.Memory;

/// <summary>How much a <see cref="MemoryStorage"/> keeps.</summary>
public sealed record MemoryStorageOptions
{
    /// <summary>How many of the newest writes can be watched from and listed at; older ones are compacted as new ones come.</summary>
    /// <value>Default 50,000. At least 1.</value>
    public int HistoryLimit { get; init; } = 50_000;
}
