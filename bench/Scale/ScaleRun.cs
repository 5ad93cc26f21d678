using KubeFed.Scale.Federation;
using KubeFed.Scale.Http;
using KubeFed.Scale.Measure;
using KubeFed.Scale.Options;
using KubeFed.Scale.Raw;
using KubeFed.Scale.Report;
using KubeFed.Scale.Workloads;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.Scale;

/// <summary>One run: clusters, the raw limit on them, then the federation on the same clusters.</summary>
internal sealed class ScaleRun(ScaleOptions options, Progress progress, TimeProvider time)
{
    private readonly Workload _workload = Workload.Find(options.Type)!;

    /// <summary>Runs it and prints the report.</summary>
    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var load = MachineLoad.Average();
        progress.Say($"starting a host and {options.Members} members; load average {load}");
        await using var clusters = await ClusterSet.CreateAsync(
            ClusterProviders.Selected, new ClusterSetOptions { Members = options.Members }, cancellationToken);
        using var clients = new Clients(clusters);
        var machine = await MachineFacts.ReadAsync(clients.Host, load, cancellationToken);
        var plane = new ControlPlane(clients, time);
        await plane.InstallAsync(_workload, cancellationToken);
        var raw = await MeasureRawAsync(clients, cancellationToken);
        var result = options.RawOnly ? FederationResult.None : await MeasureFederationAsync(plane, clients, raw.Concurrency, cancellationToken);
        var report = new ScaleReport
        {
            Command = options.CommandLine,
            Objects = options.Objects,
            Members = options.Members,
            Namespaces = options.Namespaces,
            Type = options.Type,
            WarmUp = options.WarmUp,
            Machine = machine,
            LoadAfter = MachineLoad.Average(),
            Raw = raw,
            Phases = result.Phases,
            Latencies = result.Latencies,
            IdleCpuPercent = result.IdleCpuPercent,
        };
        await new ReportTable(report).WriteAsync(output);
        if (options.JsonPath is { } path)
        {
            await report.WriteJsonAsync(path, cancellationToken);
        }
    }

    private async Task<RawResult> MeasureRawAsync(Clients clients, CancellationToken cancellationToken)
    {
        var raw = new RawLimit(_workload, clients, time);
        var rates = options.Concurrency is { } given
            ? await WarmAsync(raw, given, cancellationToken)
            : await new ConcurrencySearch(raw, progress).RunAsync(options.Objects, cancellationToken);
        var best = rates.MaxBy(static rate => rate.Value).Key;
        progress.Say($"raw limit: {options.Objects} objects, {best} requests in flight to each cluster");
        var apply = await FireAsync("create by server-side apply", raw.ApplyAsync);
        await raw.CleanAsync(cancellationToken);
        return new RawResult
        {
            Concurrency = best,
            Tried = rates,
            Apply = apply,
            Phases = new Dictionary<string, RawPhase>(StringComparer.Ordinal)
            {
                [PhaseNames.Create] = await FireAsync(PhaseNames.Create, raw.CreateAsync),
                [PhaseNames.Update] = await FireAsync(PhaseNames.Update, raw.UpdateAsync),
                [PhaseNames.Delete] = await FireAsync(PhaseNames.Delete, raw.DeleteAsync),
            },
        };

        async Task<RawPhase> FireAsync(string name, Func<string, int, int, CancellationToken, Task<TimeSpan>> fire)
        {
            var before = CpuSeconds.Read(null);
            var elapsed = await fire("raw", options.Objects, best, cancellationToken);
            progress.Say($"raw limit, {name}: {elapsed.TotalSeconds:0.00} s");
            return new RawPhase(elapsed.TotalSeconds, CpuSeconds.Read(null).Since(before));
        }
    }

    private async Task<IReadOnlyDictionary<int, double>> WarmAsync(RawLimit raw, int concurrency, CancellationToken cancellationToken)
    {
        var sample = Math.Min(options.Objects, 300);
        var elapsed = await raw.CreateAsync("warm", sample, concurrency, cancellationToken);
        await raw.CleanAsync(cancellationToken);
        return new Dictionary<int, double> { [concurrency] = sample / elapsed.TotalSeconds };
    }

    private async Task<FederationResult> MeasureFederationAsync(
        ControlPlane plane, Clients clients, int concurrency, CancellationToken cancellationToken)
    {
        await plane.FederateAsync(_workload, cancellationToken);
        await using var manager = new ManagerProcess(options, clients.Clusters.Host);
        manager.Start();
        var meter = new PhaseMeter(options, _workload, clients, manager, time);
        progress.Say($"controller manager started, process {manager.Id}");
        await FederateNamespacesAsync(plane, manager, cancellationToken);
        await meter.WaitUntilQuietAsync(cancellationToken);
        progress.Say("namespaces are federated");
        await using var observers = await Observers.StartAsync(clients.Clusters, _workload, time, cancellationToken);
        return await new FederationRun(options, _workload, clients, concurrency, manager, meter, progress, time)
            .RunAsync(observers, cancellationToken);
    }

    private async Task FederateNamespacesAsync(ControlPlane plane, ManagerProcess manager, CancellationToken cancellationToken)
    {
        try
        {
            await plane.FederateNamespacesAsync(Names.Namespaces(options.Namespaces), cancellationToken);
        }
        catch (MeasurementException e)
        {
            throw new MeasurementException($"{e.Message}\nThe controller manager's log ends:\n{manager.TailLog()}", e);
        }
    }
}
