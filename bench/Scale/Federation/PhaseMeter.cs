using KubeFed.Scale.Http;
using KubeFed.Scale.Measure;
using KubeFed.Scale.Options;
using KubeFed.Scale.Workloads;

namespace KubeFed.Scale.Federation;

/// <summary>Takes the counters before and after something, the latter when nothing moves any more.</summary>
internal sealed class PhaseMeter(ScaleOptions options, Workload workload, Clients clients, ManagerProcess manager, TimeProvider time)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private const int QuietTicks = 3;

    /// <summary>Runs a phase and counts what it took.</summary>
    /// <param name="name">The phase's name.</param>
    /// <param name="run">Does it, and returns the phase's times; null for times until quiet.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Phase> MeasureAsync(string name, Func<CancellationToken, Task<PhaseTimes?>> run, CancellationToken cancellationToken)
    {
        var before = await Snapshot.TakeAsync(clients, manager.Id, cancellationToken);
        var start = time.GetTimestamp();
        var times = await run(cancellationToken);
        var quietAt = await WaitUntilQuietAsync(cancellationToken);
        var after = await Snapshot.TakeAsync(clients, manager.Id, cancellationToken);
        var untilQuiet = time.GetElapsedTime(start, quietAt).TotalSeconds;
        times ??= new PhaseTimes(untilQuiet, untilQuiet, 0);
        return new Phase
        {
            Name = name,
            MembersSeconds = times.Members,
            StatusSeconds = times.Status,
            RequestsSeconds = times.Requests,
            Cpu = after.Cpu.Since(before.Cpu),
            Memory = manager.Memory,
            Members = Rates(
                after.Members.Zip(before.Members, static (a, b) => a.Since(b)), IsOfMember, options.Objects * options.Members),
            Host = Rates([after.Host.Since(before.Host)], IsOfHost, options.Objects),
        };
    }

    /// <summary>Waits until the controller manager rests and no request that counts is made, and returns when that began.</summary>
    public async Task<long> WaitUntilQuietAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var (count, cpu) = await ReadAsync(cancellationToken);
        for (var quiet = 0; quiet < QuietTicks;)
        {
            manager.ThrowIfEnded();
            await Task.Delay(Tick, time, cancellationToken);
            var now = time.GetTimestamp();
            var (newCount, newCpu) = await ReadAsync(cancellationToken);
            if (newCount != count || newCpu - cpu > 0.1 * Tick.TotalSeconds)
            {
                quiet = 0;
                began = now;
            }
            else
            {
                quiet++;
            }

            (count, cpu) = (newCount, newCpu);
        }

        return began;
    }

    private async Task<(double Count, double Cpu)> ReadAsync(CancellationToken cancellationToken) => (
        (await RequestCounts.ReadAsync(clients.Host, cancellationToken)).Sum(key => key.IsWrite && IsOfHost(key)),
        manager.CpuSeconds);

    private bool IsOfMember(RequestKey key) => key.Resource.Split('/')[0] == workload.Name;

    private bool IsOfHost(RequestKey key) => key.Resource.Split('/')[0] is "events" or "events.events.k8s.io" or "propagatedversions.core.kubefed.io"
        || key.Resource.Split('/')[0] == workload.Federated.GroupResource.ToString();

    private static List<RequestRate> Rates(IEnumerable<RequestCounts> counts, Func<RequestKey, bool> fits, int per) =>
    [
        .. counts.SelectMany(static count => count.All)
            .Where(pair => fits(pair.Key))
            .GroupBy(static pair => pair.Key, (key, pairs) => new RequestRate(key, Math.Round(pairs.Sum(static pair => pair.Value) / per, 3)))
            .OrderBy(static rate => rate.Key.Resource, StringComparer.Ordinal)
            .ThenBy(static rate => rate.Key.Verb, StringComparer.Ordinal),
    ];
}
