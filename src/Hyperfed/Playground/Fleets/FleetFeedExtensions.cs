using System.Runtime.CompilerServices;

namespace KubeFed.Hyperfed.Playground.Fleets;

/// <summary>Bounded waits for what a federation comes to.</summary>
internal static class FleetFeedExtensions
{
    /// <summary>How long anything may take: far more than it does, also on a busy machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Waits until the fleet is as wanted and returns it.</summary>
    /// <exception cref="PlaygroundException">It was not within <see cref="Limit"/>.</exception>
    public static async Task<Fleet> UntilAsync(
        this IFleetFeed feed, Func<Fleet, bool> condition, string awaited, TimeProvider time, CancellationToken cancellationToken)
    {
        Fleet? last = null;
        await foreach (var fleet in feed.FollowAsync(condition, awaited, time, cancellationToken))
        {
            last = fleet;
        }

        return last!;
    }

    /// <summary>Gives the fleet as it is and after each change, at last as it is wanted.</summary>
    /// <exception cref="PlaygroundException">It was not as wanted within <see cref="Limit"/>.</exception>
    public static async IAsyncEnumerable<Fleet> FollowAsync(
        this IFleetFeed feed,
        Func<Fleet, bool> condition,
        string awaited,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        while (true)
        {
            var change = feed.NextChange;
            var fleet = feed.Current;
            yield return fleet;
            if (condition(fleet))
            {
                yield break;
            }

            await WaitAsync(change, Limit - time.GetElapsedTime(began), fleet, awaited, time, cancellationToken);
        }
    }

    private static async Task WaitAsync(
        Task change, TimeSpan remaining, Fleet last, string awaited, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await change.WaitAsync(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new PlaygroundException($"After {Limit.TotalMinutes:0} minutes it is still awaited that {awaited}; what is missing: {last.Awaited}.", e);
        }
    }
}
