using KubeFed.Scale.Measure;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.IO;

namespace KubeFed.Scale.Servers;

/// <summary>Measures kube-apiserver and our API server in turn, on one etcd, with the same type and the same requests.</summary>
internal sealed class ServersRun(ServersOptions options, Progress progress, TimeProvider time)
{
    private static readonly int[] ClientCounts = [1, 16, 64];

    private readonly List<Row> _rows = [];

    private ServersPlan Plan => options.Plan;

    /// <summary>Runs it and prints the table.</summary>
    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var load = MachineLoad.Average();
        progress.Say($"starting etcd and both servers; load average {load}");
        await using var clusters = await ClusterSet.CreateAsync(
            ClusterProviders.Selected, new ClusterSetOptions { Members = 0 }, cancellationToken);
        var etcd = clusters.Host.EtcdEndpoint ?? throw new MeasurementException("the cluster provider does not say where its etcd is");
        await using var own = await StartAsync(["--storage-backend", "etcd", "--etcd-prefix", "/kubefed", "--etcd-servers", etcd.GetLeftPart(UriPartial.Authority)], cancellationToken);
        using var theirs = await KubeServer.PrepareAsync(clusters.Host, time, cancellationToken);
        MeasuredServer[] servers = [theirs, own.Server];
        using var facts = new Http.ApiClient(clusters.Host);
        var machine = await MachineFacts.ReadAsync(facts, load, cancellationToken);
        await MeasureAsync(servers, cancellationToken);
        await MeasureAloneAsync("sqlite", "durable creates/s, 64 clients, SQLite", cancellationToken);
        await MeasureAloneAsync("memory", "creates/s, 64 clients, memory", cancellationToken);
        await output.WriteLineAsync($"""
            `{options.CommandLine}`: {machine.Cores} cores ({machine.Processor}), {machine.MemoryGiB} GiB; {machine.Runtime}; Kubernetes {machine.Kubernetes}; load average {load} before, {MachineLoad.Average()} after.

            {ServersTable.Of(_rows)}
            """);
    }

    private Task<OwnServer> StartAsync(string[] storage, CancellationToken cancellationToken) =>
        OwnServer.StartAsync(options.Program ?? Repository.Combine("bench/Scale/bin/apiserver/kubefed-apiserver"), storage, time, cancellationToken);

    private async Task MeasureAsync(MeasuredServer[] servers, CancellationToken cancellationToken)
    {
        await MeasureMemoryAsync(servers, cancellationToken);
        var requests = Array.ConvertAll(servers, server => new RequestRows(server, Plan.Duration, time));
        foreach (var clients in ClientCounts)
        {
            await InTurnAsync($"creates/s, {clients} clients", true, (i, token) => requests[i].CreateAsync(clients, token), cancellationToken);
            await InTurnAsync($"gets/s, {clients} clients", true, (i, token) => requests[i].GetAsync(clients, token), cancellationToken);
            await InTurnAsync($"updates/s, {clients} clients", true, (i, token) => requests[i].UpdateAsync(clients, token), cancellationToken);
        }

        await InTurnAsync("applies/s that create, 16 clients", true, (i, token) => requests[i].ApplyNewAsync(16, token), cancellationToken);
        await InTurnAsync("applies/s that change nothing, 16 clients", true, (i, token) => requests[i].ApplySameAsync(16, token), cancellationToken);
        await InTurnAsync("applies/s that change, 16 clients", true, (i, token) => requests[i].ApplyChangeAsync(16, token), cancellationToken);
        var lists = Array.ConvertAll(servers, server => new ListRows(server, Plan.Objects / 2, time));
        await InTurnAsync($"ms, list of {Plan.Objects / 2}", false, (i, token) => lists[i].WholeAsync(token), cancellationToken);
        await InTurnAsync($"ms, list of {Plan.Objects / 2}, gzip", false, (i, token) => lists[i].CompressedAsync(token), cancellationToken);
        await InTurnAsync($"ms, list of {Plan.Objects / 2}, resourceVersion=0", false, (i, token) => lists[i].CachedAsync(token), cancellationToken);
        await InTurnAsync($"ms, list of {Plan.Objects / 2}, pages of 500", false, (i, token) => lists[i].PagedAsync(token), cancellationToken);
        await MeasureWatchesAsync(servers, cancellationToken);
        if (!IsWanted("MiB"))
        {
            return;
        }

        var end = Row("MiB resident at the end", false);
        var peak = Row("MiB resident at most", false);
        for (var i = First; i < servers.Length; i++)
        {
            end.Add(i, new Sample(servers[i].Memory.Now, 0));
            peak.Add(i, new Sample(servers[i].Memory.Peak, 0));
        }
    }

    private async Task MeasureMemoryAsync(MeasuredServer[] servers, CancellationToken cancellationToken)
    {
        var rate = Row($"creates/s, 32 clients, {Plan.Objects} objects loaded", true);
        var memory = Row($"MiB resident with {Plan.Objects} objects", false);
        var rested = Row($"MiB resident after {Plan.Rest.TotalSeconds:0} s of rest", false);
        for (var i = First; i < servers.Length; i++)
        {
            progress.Say($"{servers[i].Name}: loading {Plan.Objects} objects");
            rate.Add(i, await new Loading(servers[i], time).RunAsync(Plan.Objects, cancellationToken));
            memory.Add(i, new Sample(servers[i].Memory.Now, 0));
        }

        await Task.Delay(Plan.Rest, time, cancellationToken);
        for (var i = First; i < servers.Length; i++)
        {
            rested.Add(i, new Sample(servers[i].Memory.Now, 0));
        }
    }

    private async Task MeasureWatchesAsync(MeasuredServer[] servers, CancellationToken cancellationToken)
    {
        if (!IsWanted("watchers"))
        {
            return;
        }

        var what = $"{Plan.Watchers} watchers, {Plan.ChangesPerSecond} changes/s";
        var median = Row($"ms to watcher, median: {what}", false);
        var tail = Row("ms to watcher, 99 of 100", false);
        var delivered = Row("part of the events delivered", true);
        for (var round = 0; round < Plan.WatchRounds; round++)
        {
            for (var i = First; i < servers.Length; i++)
            {
                progress.Say($"{servers[i].Name}: {what}");
                var result = await new WatchFanOut(servers[i], time).RunAsync(Plan.Watchers, Plan.ChangesPerSecond, Plan.WatchDuration, cancellationToken);
                median.Add(i, new Sample(result.Median, result.CpuPerChange));
                tail.Add(i, new Sample(result.P99, 0));
                delivered.Add(i, new Sample(result.Delivered, 0));
                progress.Say($"{servers[i].Name}: median {result.Median:0} ms, 99 of 100 {result.P99:0} ms, {result.Delivered:P0} of events, {result.Resumed} watches resumed");
            }
        }
    }

    private async Task MeasureAloneAsync(string backend, string name, CancellationToken cancellationToken)
    {
        if (!IsWanted(name))
        {
            return;
        }

        await using var own = await StartAsync(["--storage-backend", backend], cancellationToken);
        var row = Row(name, true);
        var requests = new RequestRows(own.Server, Plan.Duration, time);
        await new Loading(own.Server, time).RunAsync(Plan.Objects, cancellationToken);
        for (var round = 0; round < Plan.Rounds; round++)
        {
            row.Add(1, await requests.CreateAsync(64, cancellationToken));
        }

        progress.Say($"{name}: {row.Value(1):0.0}");
    }

    private async Task InTurnAsync(string name, bool moreIsBetter, Func<int, CancellationToken, Task<Sample>> measure, CancellationToken cancellationToken)
    {
        if (!IsWanted(name))
        {
            return;
        }

        var row = Row(name, moreIsBetter);
        for (var round = 0; round < Plan.Rounds; round++)
        {
            for (var server = First; server < 2; server++)
            {
                row.Add(server, await measure(server, cancellationToken));
            }
        }

        progress.Say($"{name}: {row.Value(0):0.0}, ours {row.Value(1):0.0}; CPU {row.Cpu(0):0} us, ours {row.Cpu(1):0}");
    }

    private int First => options.Alone ? 1 : 0;

    private bool IsWanted(string name) => name.Contains(options.Rows, StringComparison.Ordinal);

    private Row Row(string name, bool moreIsBetter)
    {
        var row = new Row(name, moreIsBetter, servers: 2);
        _rows.Add(row);
        return row;
    }
}
