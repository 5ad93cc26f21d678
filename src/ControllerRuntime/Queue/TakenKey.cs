using System.Runtime.InteropServices;

namespace KubeFed.ControllerRuntime.Queue;

/// <summary>What a queue hands out: a key, or the news that there will be no more.</summary>
/// <param name="HasKey">False when the queue is shut down and empty; <paramref name="Key"/> then means nothing.</param>
/// <param name="Key">The key to work on. Whoever took it must call <see cref="KeyedQueue{TKey}.Done"/> for it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TakenKey<TKey>(bool HasKey, TKey Key)
    where TKey : notnull;
