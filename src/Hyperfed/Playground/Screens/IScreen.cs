using KubeFed.Hyperfed.Playground.Fleets;

namespace KubeFed.Hyperfed.Playground.Screens;

/// <summary>Where a playground tells what happens. Safe for concurrent use.</summary>
internal interface IScreen
{
    /// <summary>Tells one line.</summary>
    void WriteLine(string line);

    /// <summary>Tells how the fleet is, where it is not on show all the time.</summary>
    void Tell(Fleet fleet);

    /// <summary>Tells a line, unless it is empty, and waits for some work; shows the fleet above the line meanwhile, where that is possible.</summary>
    /// <returns>A task that ends as the work does.</returns>
    Task ShowWhileAsync(IFleetFeed feed, string below, Task work);
}
