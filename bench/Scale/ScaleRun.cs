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
        var phases = options.RawOnly ? [] : await MeasureFederationAsync(plane, clients, raw.Concurrency, cancellationToken);
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
            Phases = phases,
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
        var before = CpuSeconds.Read(null);
        var elapsed = await raw.FireAsync("raw", options.Objects, best, cancellationToken);
        var cpu = CpuSeconds.Read(null).Since(before);
        await raw.CleanAsync(cancellationToken);
        progress.Say($"raw limit: {elapsed.TotalSeconds:0.00} s");
        return new RawResult { Seconds = elapsed.TotalSeconds, Concurrency = best, Tried = rates, Cpu = cpu };
    }

    private async Task<IReadOnlyDictionary<int, double>> WarmAsync(RawLimit raw, int concurrency, CancellationToken cancellationToken)
    {
        var sample = Math.Min(options.Objects, 300);
        var elapsed = await raw.FireAsync("warm", sample, concurrency, cancellationToken);
        await raw.CleanAsync(cancellationToken);
        return new Dictionary<int, double> { [concurrency] = sample / elapsed.TotalSeconds };
    }

    private async Task<IReadOnlyList<Phase>> MeasureFederationAsync(
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
