using KubeFed.ApiMachinery.Identity;
using KubeFed.Scale.Http;
using KubeFed.Scale.Options;
using KubeFed.Scale.Workloads;

namespace KubeFed.Scale.Federation;

/// <summary>The phases of a federation: create, update, restart, delete.</summary>
internal sealed class FederationRun(
    ScaleOptions options, Workload workload, Clients clients, int concurrency, ManagerProcess manager, PhaseMeter meter, Progress progress, TimeProvider time)
{
    private readonly IReadOnlyList<NamespacedName> _names =
        Names.Spread("object", options.Objects, Names.Namespaces(options.Namespaces));

    /// <summary>Runs all phases, in order.</summary>
    public async Task<IReadOnlyList<Phase>> RunAsync(Observers observers, CancellationToken cancellationToken)
    {
        await WarmUpAsync(observers, cancellationToken);
        return
        [
            await MeasureAsync("create", token => ChangeAsync(observers, 1, CreateAsync, token), cancellationToken),
            await MeasureAsync("update", token => ChangeAsync(observers, 2, UpdateAsync, token), cancellationToken),
            await MeasureAsync("restart", RestartAsync, cancellationToken),
            await MeasureAsync("delete", token => RemoveAsync(observers, _names, token), cancellationToken),
        ];

        async Task<Phase> MeasureAsync(string name, Func<CancellationToken, Task<PhaseTimes?>> run, CancellationToken token)
        {
            progress.Say($"{name}: {options.Objects} objects x {options.Members} members");
            var phase = await BoundedAsync(observers, name, inner => meter.MeasureAsync(name, run, inner), token);
            progress.Say($"{name}: members after {phase.MembersSeconds:0.00} s, status after {phase.StatusSeconds:0.00} s");
            return phase;
        }
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
