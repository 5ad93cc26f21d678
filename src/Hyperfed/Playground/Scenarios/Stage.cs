using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.Hyperfed.Playground.Clusters;
using KubeFed.Hyperfed.Playground.Fleets;
using KubeFed.Hyperfed.Playground.Screens;

namespace KubeFed.Hyperfed.Playground.Scenarios;

/// <summary>What a story is played with.</summary>
internal sealed class Stage(PlaygroundClusters clusters, IFleetFeed feed, IScreen screen, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    public PlaygroundClusters Clusters => clusters;

    public Fleet Fleet => feed.Current;

    /// <summary>Tells an event, and with which command a person can look at it.</summary>
    public void Tell(string happens, string? look = null)
    {
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {time.GetElapsedTime(_began).TotalSeconds,5:0.0} s  {happens}"));
        if (look is not null)
        {
            screen.WriteLine($"           {look}");
        }
    }

    /// <summary>Changes the federated workload: JSON patch operations.</summary>
    public Task ChangeAsync(CancellationToken cancellationToken, params ReadOnlySpan<(string Op, string Path, JsonNode? Value)> changes) =>
        Sample.ChangeAsync(clusters.Host.CreateClient(), cancellationToken, changes);

    /// <inheritdoc cref="FleetFeedExtensions.UntilAsync"/>
    public Task<Fleet> UntilAsync(Func<Fleet, bool> condition, string awaited, CancellationToken cancellationToken) =>
        feed.UntilAsync(condition, awaited, time, cancellationToken);

    /// <inheritdoc cref="FleetFeedExtensions.FollowAsync"/>
    public IAsyncEnumerable<Fleet> FollowAsync(Func<Fleet, bool> condition, string awaited, CancellationToken cancellationToken) =>
        feed.FollowAsync(condition, awaited, time, cancellationToken);
}
