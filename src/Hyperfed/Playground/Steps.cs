using System.Globalization;
using KubeFed.Hyperfed.Playground.Screens;

namespace KubeFed.Hyperfed.Playground;

/// <summary>Tells each step as a line, with how long it took.</summary>
internal sealed class Steps(IScreen screen, TimeProvider time)
{
    /// <summary>Does a step and tells it when it is done.</summary>
    public async Task<T> DoAsync<T>(string done, Func<Task<T>> step)
    {
        long began = time.GetTimestamp();
        var result = await step();
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {done} ({time.GetElapsedTime(began).TotalSeconds:0.0} s)"));
        return result;
    }

    /// <summary>Does a step and tells it when it is done.</summary>
    public Task DoAsync(string done, Func<Task> step) => DoAsync(done, async () =>
    {
        await step();
        return true;
    });
}
