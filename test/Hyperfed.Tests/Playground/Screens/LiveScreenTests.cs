using KubeFed.Hyperfed.Playground.Screens;
using KubeFed.Hyperfed.Tests.Playground.Fleets;
using KubeFed.TestSupport.Waiting;
using Spectre.Console;

namespace KubeFed.Hyperfed.Tests.Playground.Screens;

[Parallelizable(ParallelScope.All)]
public sealed class LiveScreenTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Test]
    public async Task ShowWhile_FleetChanges_IsDrawnAgainUntilTheWorkEnds()
    {
        await using var output = new SharedText();
        var feed = new FakeFeed(new([SampleFleets.Member with { ReadyReplicas = 1 }], [SampleFleets.Web]));
        var work = new TaskCompletionSource();
        var showing = new LiveScreen(Terminal(output), TimeProvider.System).ShowWhileAsync(feed, "the last line", work.Task);
        await Eventually.True(() => output.ToString().Contains("cluster1 runs 1 of 2 replicas"), "the fleet is drawn", Patience, () => output.ToString());

        feed.Become(SampleFleets.Settled);
        await Eventually.True(() => output.ToString().Contains("Everything is in order."), "the change is drawn", Patience, () => output.ToString());

        work.SetResult();
        await showing.WaitAsync(Patience);
        Assert.That(output.ToString(), Does.Contain("FederatedDeployment/web").And.Contain("the last line"));
    }

    [Test]
    public async Task WriteLine_WhileTheFleetIsOnShow_IsTold()
    {
        await using var output = new SharedText();
        var screen = new LiveScreen(Terminal(output), TimeProvider.System);
        var work = new TaskCompletionSource();
        var showing = screen.ShowWhileAsync(new FakeFeed(SampleFleets.Settled), string.Empty, work.Task);

        screen.WriteLine("something happens");

        Assert.That(output.ToString(), Does.Contain("\u001b[Jsomething happens"), "what was on show there is not erased");
        work.SetResult();
        await showing.WaitAsync(Patience);
    }

    [Test]
    public async Task WriteLine_LongerThanTheTerminal_IsNotBroken()
    {
        await using var output = new SharedText();
        string command = $"kubectl {new string('x', 300)}";

        new LiveScreen(Terminal(output), TimeProvider.System).WriteLine(command);

        Assert.That(output.ToString(), Does.Contain(command));
    }

    [Test]
    public async Task ShowWhile_WorkThatFails_FailsAlike()
    {
        await using var output = new SharedText();
        var screen = new LiveScreen(Terminal(output), TimeProvider.System);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => screen.ShowWhileAsync(new FakeFeed(SampleFleets.Settled), string.Empty, Task.FromException(new InvalidOperationException())));
    }

    private static IAnsiConsole Terminal(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 120;
        console.Profile.Height = 40;
        return console;
    }
}
