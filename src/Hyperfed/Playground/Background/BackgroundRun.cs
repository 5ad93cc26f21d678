using KubeFed.ComponentBase.Hosting;
using KubeFed.Hyperfed.Playground.Screens;

namespace KubeFed.Hyperfed.Playground.Background;

/// <summary>The playground that <see cref="BackgroundStart"/> started: it stays when who started it goes, but only once it has been let go.</summary>
internal static class BackgroundRun
{
    public static async Task<int> RunAsync(
        PlaygroundOptions options, TextWriter output, Stream starter, TimeProvider time, CancellationToken cancellationToken)
    {
        Posix.LeaveTerminal();
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // Not awaited: a read of standard input cannot be cancelled.
        var tie = Task.Run(() => WatchStarterAsync(starter, abandoned), CancellationToken.None);
        bool done = await new PlaygroundRun(
            options with
            {
                OnReady = async () =>
                {
                    await output.WriteLineAsync(BackgroundStart.ReadyMark);
                    await output.FlushAsync(CancellationToken.None);
                    await tie;
                },
                Ending = $"It goes on in the background; its log is {Path.Combine(options.Folder, "playground.log")}. End it with: {Invocation.Down(options.Folder)}",
            },
            new PlainScreen(output),
            time).RunAsync(abandoned.Token);
        return done || (tie.IsCompletedSuccessfully && await tie) ? ComponentHost.ExitSuccess : ComponentHost.ExitFailure;
    }

    // A byte lets this process go; the end of the stream is the end of who started it.
    private static async Task<bool> WatchStarterAsync(Stream starter, CancellationTokenSource abandoned)
    {
        if (await starter.ReadAsync(new byte[1], CancellationToken.None) > 0)
        {
            return true;
        }

        await abandoned.CancelAsync();
        return false;
    }
}
