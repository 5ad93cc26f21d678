using KubeFed.TestSupport.Waiting;

namespace KubeFed.e2e;

/// <summary>Bounded waits on what a whole federation does, on machines that may be slow.</summary>
internal static class Wait
{
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Waits until assertions pass.</summary>
    public static Task PassesAsync(Func<Task> assertions, string because) => Eventually.Passes(assertions, because, Timeout);

    /// <summary>Waits until a value is as wanted.</summary>
    public static Task<T> GetAsync<T>(Func<Task<T>> probe, Func<T, bool> done, string because, Func<T, string>? describe = null) =>
        Eventually.GetAsync(probe, done, because, Timeout, describe);
}
