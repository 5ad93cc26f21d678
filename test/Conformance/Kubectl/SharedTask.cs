namespace KubeFed.Conformance.Kubectl;

/// <summary>A task that the first who asks begins, and all wait for.</summary>
internal sealed class SharedTask<T>(Func<Task<T>> begin)
{
    private readonly Lock _lock = new();

    /// <summary>The task, or null when nobody has asked yet.</summary>
    public Task<T>? Begun { get; private set; }

    public Task<T> GetAsync()
    {
        lock (_lock)
        {
            return Begun ??= begin();
        }
    }
}
