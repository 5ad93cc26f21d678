using KubeFed.ApiMachinery.Identity;
using KubeFed.Scale.Http;
using KubeFed.Scale.Workloads;

namespace KubeFed.Scale.Federation;

/// <summary>
/// Changes the template of one object after the other, each when the one before is seen in every member, and takes the time from sending
/// the request until the last member's watch has shown it.
/// </summary>
internal sealed class SingleChanges(Workload workload, Clients clients, IReadOnlyList<NamespacedName> names, Observers observers, TimeProvider time)
{
    private const int FirstRound = 3;
    private int _made;

    /// <summary>Makes so many.</summary>
    public Task<Latency> RunAsync(string what, int count, CancellationToken cancellationToken) => RunAsync(what, count, static () => true, cancellationToken);

    /// <summary>Makes changes while something goes on, and at least one.</summary>
    public async Task<Latency> RunWhileAsync(string what, Task work, CancellationToken cancellationToken)
    {
        var latency = await RunAsync(what, int.MaxValue, () => !work.IsCompleted, cancellationToken);
        await work;
        return latency;
    }

    /// <summary>The round that an object shows now.</summary>
    public int RoundOf(int index) => _made <= index ? 2 : FirstRound + ((_made - 1 - index) / names.Count * names.Count) + index;

    private async Task<Latency> RunAsync(string what, int count, Func<bool> goesOn, CancellationToken cancellationToken)
    {
        var times = new List<TimeSpan>();
        do
        {
            times.Add(await ChangeAsync(cancellationToken));
        }
        while (times.Count < count && goesOn());

        return Latency.Of(what, times);
    }

    private async Task<TimeSpan> ChangeAsync(CancellationToken cancellationToken)
    {
        var name = names[_made % names.Count];
        var round = FirstRound + _made++;
        var seen = observers.MembersShowAsync(name, round, cancellationToken);
        var body = workload.FederatedChange(round);
        var start = time.GetTimestamp();
        await clients.Host.MergeAsync(ApiClient.Path(workload.Federated, name.Namespace, name.Name), body, cancellationToken);
        return time.GetElapsedTime(start, await seen);
    }
}
