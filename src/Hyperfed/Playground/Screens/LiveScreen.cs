using KubeFed.Hyperfed.Playground.Fleets;
using Spectre.Console;

namespace KubeFed.Hyperfed.Playground.Screens;

/// <summary>
/// A terminal: the fleet stays on show at its lower end and is drawn again when something changes, a few times a second at most; lines that
/// are told meanwhile go above it.
/// </summary>
internal sealed class LiveScreen(IAnsiConsole console, TimeProvider time) : IScreen
{
    private static readonly TimeSpan RedrawPeriod = TimeSpan.FromMilliseconds(200);

    // The console and a live display lock each other in both orders, so that only one of them may write at a time.
    private readonly Lock _gate = new();
    private bool _live;

    public void WriteLine(string line)
    {
        lock (_gate)
        {
            if (_live)
            {
                console.Write(new LineAbove(line));
            }
            else
            {
                // Not broken at the width of the terminal, so that commands can be copied.
                console.Profile.Out.Writer.WriteLine(line);
            }
        }
    }

    public void Tell(Fleet fleet)
    {
        // It is on show.
    }

    public async Task ShowWhileAsync(IFleetFeed feed, string below, Task work)
    {
        Switch(true);
        try
        {
            await DrawAsync(feed, below, work);
        }
        finally
        {
            Switch(false);
        }

        await work;
    }

    private Task DrawAsync(IFleetFeed feed, string below, Task work) =>
        console.Live(FleetView.Draw(feed.Current, below)).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(async context =>
        {
            while (!work.IsCompleted)
            {
                var change = feed.NextChange;
                var view = FleetView.Draw(feed.Current, below);
                lock (_gate)
                {
                    context.UpdateTarget(view);
                }

                await Task.WhenAny(work, change);
                await Task.WhenAny(work, Task.Delay(RedrawPeriod, time));
            }
        });

    private void Switch(bool live)
    {
        lock (_gate)
        {
            _live = live;
        }
    }
}
