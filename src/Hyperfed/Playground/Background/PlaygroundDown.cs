using KubeFed.ComponentBase.Hosting;

namespace KubeFed.Hyperfed.Playground.Background;

/// <summary>Ends the playground of a folder: asks it to, waits, and kills it where that does not help.</summary>
internal sealed class PlaygroundDown(TextWriter output, TimeProvider time)
{
    // Longer than a playground gives itself to end in order.
    private static readonly TimeSpan OrderlyLimit = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when no playground has the folder.</summary>
    /// <returns>The exit code: 0 when there is none any more, 1 when it had to be killed.</returns>
    /// <exception cref="PlaygroundException">It could not even be killed, or the folder cannot be used.</exception>
    public async Task<int> RunAsync(string folder, CancellationToken cancellationToken)
    {
        if (PlaygroundFolder.FindOwner(folder) is not { } process)
        {
            await output.WriteLineAsync(
                PlaygroundFolder.Sweep(folder) ? "No playground is running; what one had left that was killed is removed." : "No playground is running.");
            return ComponentHost.ExitSuccess;
        }

        Posix.EnsureSupported();
        Posix.Terminate(process);
        if (await IsFreeAsync(folder, OrderlyLimit, cancellationToken))
        {
            await output.WriteLineAsync($"The playground is ended (process {process}), and its files are gone.");
            return ComponentHost.ExitSuccess;
        }

        Posix.Kill(process);
        if (!await IsFreeAsync(folder, KillLimit, cancellationToken))
        {
            throw new PlaygroundException($"The playground (process {process}) cannot be ended.");
        }

        PlaygroundFolder.Sweep(folder);
        await output.WriteLineAsync($"The playground (process {process}) did not end within {OrderlyLimit.TotalSeconds:0} seconds and was killed; its files are removed.");
        return ComponentHost.ExitFailure;
    }

    private async Task<bool> IsFreeAsync(string folder, TimeSpan limit, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        while (PlaygroundFolder.IsHeld(folder))
        {
            if (time.GetElapsedTime(began) > limit)
            {
                return false;
            }

            await Task.Delay(LookPeriod, time, cancellationToken);
        }

        return true;
    }
}
