using KubeFed.ApiMachinery.Identity;
using KubeFed.Scale.Http;
using KubeFed.Scale.Options;
using KubeFed.Scale.Workloads;

namespace KubeFed.Scale.Federation;

/// <summary>The phases of a federation: create, update, single changes, restart, repair, delete.</summary>
internal sealed class FederationRun(
    ScaleOptions options, Workload workload, Clients clients, int concurrency, ManagerProcess manager, PhaseMeter meter, Progress progress, TimeProvider time)
{
    private const int Drifted = 50;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyList<NamespacedName> _names =
        Names.Spread("object", options.Objects, Names.Namespaces(options.Namespaces));

    /// <summary>Runs all phases, in order.</summary>
    public async Task<FederationResult> RunAsync(Observers observers, CancellationToken cancellationToken)
    {
        await WarmUpAsync(observers, cancellationToken);
        var create = await MeasureAsync(PhaseNames.Create, token => ChangeAsync(observers, 1, CreateAsync, token), cancellationToken);
        var update = await MeasureAsync(PhaseNames.Update, token => ChangeAsync(observers, 2, UpdateAsync, token), cancellationToken);
        var changes = new SingleChanges(workload, clients, _names, observers, time);
        var latencies = await MeasureLatenciesAsync(changes, observers, cancellationToken);
        var idle = await MeasureIdleAsync(cancellationToken);
        return new FederationResult(
            [
                create,
                update,
                await MeasureAsync(PhaseNames.Restart, RestartAsync, cancellationToken),
                await MeasureAsync(PhaseNames.Repair, token => RepairAsync(observers, changes, token), cancellationToken),
                await MeasureAsync(PhaseNames.Delete, token => RemoveAsync(observers, _names, token), cancellationToken),
            ],
            latencies,
            idle);

        async Task<Phase> MeasureAsync(string name, Func<CancellationToken, Task<PhaseTimes?>> run, CancellationToken token)
        {
            progress.Say($"{name}: {options.Objects} objects x {options.Members} members");
            var phase = await BoundedAsync(observers, name, inner => meter.MeasureAsync(name, run, inner), token);
            progress.Say($"{name}: members after {phase.MembersSeconds:0.00} s, status after {phase.StatusSeconds:0.00} s");
            return phase;
        }
    }

    private async Task<IReadOnlyList<Latency>> MeasureLatenciesAsync(SingleChanges changes, Observers observers, CancellationToken cancellationToken)
    {
        var latencies = new List<Latency>();
        if (options.Samples > 0)
        {
            progress.Say($"single changes: {options.Samples}, one after the other");
            latencies.Add(await BoundedAsync(observers, "single changes", token => changes.RunAsync("nothing else", options.Samples, token), cancellationToken));
        }

        if (options.Backlog > 0)
        {
            progress.Say($"single changes while {options.Backlog} other objects are created");
            latencies.Add(await BoundedAsync(observers, "single changes beside others", token => ChangeBesideBacklogAsync(changes, observers, token), cancellationToken));
        }

        foreach (var latency in latencies)
        {
            progress.Say($"single changes, {latency.Name}: p50 {latency.Median:0.0} ms, p95 {latency.Percentile95:0.0} ms of {latency.Samples}");
        }

        return latencies;
    }

    private async Task<Latency> ChangeBesideBacklogAsync(SingleChanges changes, Observers observers, CancellationToken cancellationToken)
    {
        var names = Names.Spread("backlog", options.Backlog, Names.Namespaces(options.Namespaces));
        var latency = await changes.RunWhileAsync(
            $"{options.Backlog} others being created", PropagateAsync(names, observers, cancellationToken), cancellationToken);
        progress.Say("removing the other objects");
        await Burst.RunAsync(names, concurrency, DeleteAsync, cancellationToken);
        await observers.MembersHoldAsync(options.Objects, cancellationToken);
        await meter.WaitUntilQuietAsync(cancellationToken);
        return latency;
    }

    private async Task PropagateAsync(IReadOnlyList<NamespacedName> names, Observers observers, CancellationToken cancellationToken)
    {
        await Burst.RunAsync(names, concurrency, CreateAsync, cancellationToken);
        await observers.MembersReachAsync(1, names.Count, cancellationToken);
    }

    private async Task<double> MeasureIdleAsync(CancellationToken cancellationToken)
    {
        await meter.WaitUntilQuietAsync(cancellationToken);
        var before = manager.CpuSeconds;
        await Task.Delay(Idle, time, cancellationToken);
        return (manager.CpuSeconds - before) / Idle.TotalSeconds * 100;
    }

    private async Task WarmUpAsync(Observers observers, CancellationToken cancellationToken)
    {
        if (options.WarmUp == 0)
        {
            return;
        }

        progress.Say($"warm-up: {options.WarmUp} objects");
        var names = Names.Spread("warm", options.WarmUp, Names.Namespaces(options.Namespaces));
        await BoundedAsync(observers, "warm-up", WarmAsync, cancellationToken);

        async Task<long> WarmAsync(CancellationToken token)
        {
            await Burst.RunAsync(names, concurrency, CreateAsync, token);
            await observers.StatusesReachAsync(1, names.Count, token);
            await RemoveAsync(observers, names, token);
            return await meter.WaitUntilQuietAsync(token);
        }
    }

    private async Task<PhaseTimes?> ChangeAsync(
        Observers observers, int round, Func<NamespacedName, CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        var members = observers.MembersReachAsync(round, options.Objects, cancellationToken);
        var status = observers.StatusesReachAsync(round, options.Objects, cancellationToken);
        return await TimeAsync(_names, send, members, status, cancellationToken);
    }

    private async Task<PhaseTimes?> RemoveAsync(Observers observers, IReadOnlyList<NamespacedName> names, CancellationToken cancellationToken)
    {
        var members = observers.MembersReachAsync(0, 0, cancellationToken);
        var gone = observers.StatusesReachAsync(0, 0, cancellationToken);
        return await TimeAsync(names, DeleteAsync, members, gone, cancellationToken);
    }

    private async Task<PhaseTimes?> TimeAsync(
        IReadOnlyList<NamespacedName> names,
        Func<NamespacedName, CancellationToken, Task> send,
        Task<long> members,
        Task<long> status,
        CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        await Burst.RunAsync(names, concurrency, send, cancellationToken);
        var sent = time.GetElapsedTime(start).TotalSeconds;
        await Task.WhenAll(members, status);
        return new PhaseTimes(time.GetElapsedTime(start, await members).TotalSeconds, time.GetElapsedTime(start, await status).TotalSeconds, sent);
    }

    private async Task<PhaseTimes?> RestartAsync(CancellationToken cancellationToken)
    {
        await manager.StopAsync();
        cancellationToken.ThrowIfCancellationRequested();
        manager.Start();
        return null;
    }

    /// <summary>Some copies are changed while no controller manager runs; the time is from the start of its process.</summary>
    private async Task<PhaseTimes?> RepairAsync(Observers observers, SingleChanges changes, CancellationToken cancellationToken)
    {
        await manager.StopAsync();
        var repaired = new List<Task<long>>();
        for (var i = 0; i < Math.Min(Drifted, _names.Count); i++)
        {
            var (name, member) = (_names[i], i % clients.Members.Count);
            var drifted = observers.MemberShowsAsync(member, name, 0, cancellationToken);
            await clients.Members[member].MergeAsync(ApiClient.Path(workload.Target, name.Namespace, name.Name), Workload.Drift(), cancellationToken);
            await drifted;
            repaired.Add(observers.MemberShowsAsync(member, name, changes.RoundOf(i), cancellationToken));
        }

        var start = time.GetTimestamp();
        manager.Start();
        var seconds = time.GetElapsedTime(start, (await Task.WhenAll(repaired)).Max()).TotalSeconds;
        return new PhaseTimes(seconds, seconds, 0);
    }

    private async Task<T> BoundedAsync<T>(Observers observers, string name, Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.PhaseTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await run(either.Token);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested)
        {
            throw new MeasurementException(
                $"{name}: not done after {options.PhaseTimeout.TotalSeconds:0} s; {observers.Describe()}\n{manager.TailLog()}", e);
        }
    }

    private Task CreateAsync(NamespacedName name, CancellationToken cancellationToken) =>
        clients.Host.PostAsync(ApiClient.Path(workload.Federated, name.Namespace), workload.FederatedObject(name, 1), cancellationToken);

    private Task UpdateAsync(NamespacedName name, CancellationToken cancellationToken) =>
        clients.Host.MergeAsync(ApiClient.Path(workload.Federated, name.Namespace, name.Name), workload.FederatedChange(2), cancellationToken);

    private Task DeleteAsync(NamespacedName name, CancellationToken cancellationToken) =>
        clients.Host.DeleteAsync(ApiClient.Path(workload.Federated, name.Namespace, name.Name), cancellationToken);
}
