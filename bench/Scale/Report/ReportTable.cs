using System.Text;
using KubeFed.Scale.Federation;
using KubeFed.Scale.Measure;
using KubeFed.Scale.Raw;

namespace KubeFed.Scale.Report;

/// <summary>Prints a report for people, as Markdown that reads well as it is.</summary>
internal sealed class ReportTable(ScaleReport report)
{
    private readonly StringBuilder _text = new();

    /// <summary>Writes it.</summary>
    public async Task WriteAsync(TextWriter writer)
    {
        Facts();
        Times();
        Latencies();
        Requests("Requests to the members, for each object and member", static phase => phase.Members);
        Requests("Requests to the host, for each object", static phase => phase.Host);
        await writer.WriteAsync(_text.ToString());
    }

    private void Facts()
    {
        var machine = report.Machine;
        var tried = string.Join(", ", report.Raw.Tried.OrderBy(static t => t.Key).Select(static t => $"{t.Key}: {t.Value:0}"));
        Line($"{report.Objects} objects x {report.Members} members, {report.Type}, {report.Namespaces} namespaces");
        Line("");
        Line($"    {report.Command}");
        Line("");
        Line($"- machine: {machine.Cores} cores ({machine.Processor}), {machine.MemoryGiB} GiB; {machine.Runtime}; Kubernetes {machine.Kubernetes}");
        Line($"- load average: {machine.LoadBefore} before, {report.LoadAfter} after");
        Line($"- requests in flight to each cluster: {report.Raw.Concurrency} (objects/s by number tried: {tried})");
        Line($"- raw limit: {string.Join(", ", report.Raw.Phases.Select(static p => $"{p.Key} {Number(p.Value.Seconds)} s"))}; create with server-side apply in the members {Number(report.Raw.Apply.Seconds)} s");
        Line($"- warm-up: {report.WarmUp} objects");
        Line("");
    }

    private void Times()
    {
        Row(["", .. report.Phases.Select(static phase => phase.Name)]);
        Row([.. Enumerable.Repeat("---", report.Phases.Count + 1)]);
        Beside("s, raw limit", static raw => raw.Seconds, static (value, _) => value);
        Measure("s until every member has followed", static phase => phase.MembersSeconds);
        Measure("s until every status says so", static phase => phase.StatusSeconds);
        Beside("members' time / raw limit", static raw => raw.Seconds, static (raw, phase) => phase.MembersSeconds / raw);
        Beside("API servers' CPU / raw limit", static raw => raw.Cpu.ApiServers, static (raw, phase) => phase.Cpu.ApiServers / raw);
        Measure("writes for each object and member", static phase => phase.MemberWrites);
        Measure("reads for each object and member", static phase => phase.MemberReads);
        Measure("host writes for each object, this tool's aside", static phase => phase.FederationWrites);
        Cpu("CPU s, controller manager", static cpu => cpu.ControllerManager);
        Cpu("CPU s, API servers", static cpu => cpu.ApiServers);
        Cpu("CPU s, etcd", static cpu => cpu.Etcd);
        Cpu("CPU s, this tool", static cpu => cpu.Tool);
        Cpu("CPU s, anything else on the machine", static cpu => cpu.Others);
        Measure("MiB resident, controller manager", static phase => phase.Memory.Now);
        Measure("MiB resident at most", static phase => phase.Memory.Peak);
        Line("");
    }

    private void Requests(string title, Func<Phase, IReadOnlyList<RequestRate>> rates)
    {
        if (report.Phases.Count == 0)
        {
            return;
        }

        Row([title, .. report.Phases.Select(static phase => phase.Name)]);
        Row([.. Enumerable.Repeat("---", report.Phases.Count + 1)]);
        foreach (var key in report.Phases.SelectMany(rates).Select(static rate => rate.Key).Distinct().OrderBy(static key => key.Resource, StringComparer.Ordinal).ThenBy(static key => key.Verb, StringComparer.Ordinal))
        {
            Row([$"{key.Verb} {key.Resource}", .. report.Phases.Select(phase => Number(rates(phase).FirstOrDefault(rate => rate.Key == key).Rate))]);
        }

        Line("");
    }

    private void Latencies()
    {
        if (report.IdleCpuPercent is { } idle)
        {
            Line($"Idle, the controller manager takes {Number(idle)}% of a core.");
            Line("");
        }

        if (report.Latencies.Count == 0)
        {
            return;
        }

        Row(["ms until every member shows a single change, with", .. report.Latencies.Select(static latency => latency.Name)]);
        Row([.. Enumerable.Repeat("---", report.Latencies.Count + 1)]);
        Row(["median", .. report.Latencies.Select(static latency => Number(latency.Median))]);
        Row(["95th percentile", .. report.Latencies.Select(static latency => Number(latency.Percentile95))]);
        Row(["longest", .. report.Latencies.Select(static latency => Number(latency.Longest))]);
        Row(["changes", .. report.Latencies.Select(static latency => $"{latency.Samples}")]);
        Line("");
    }

    private void Measure(string name, Func<Phase, double> value) => Row([name, .. report.Phases.Select(phase => Number(value(phase)))]);

    private void Cpu(string name, Func<CpuSeconds, double> value) => Measure(name, phase => value(phase.Cpu));

    /// <summary>A row of figures beside the raw limit, blank for phases that have none.</summary>
    private void Beside(string name, Func<RawPhase, double> rawOf, Func<double, Phase, double> value) => Row(
        [name, .. report.Phases.Select(phase => report.Raw.Phases.TryGetValue(phase.Name, out var raw) ? Number(value(rawOf(raw), phase)) : "")]);

    private void Row(IReadOnlyList<string> cells) =>
        Line("| " + string.Join(" | ", cells.Select((cell, i) => i == 0 ? cell.PadRight(52) : cell.PadLeft(9))) + " |");

    private void Line(string text) => _text.Append(text).Append('\n');

    private static string Number(double value) => value switch
    {
        0 => "0",
        >= 100 => $"{value:0}",
        >= 10 => $"{value:0.0}",
        _ => $"{value:0.##}",
    };
}
