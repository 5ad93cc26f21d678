using System.Text;
using KubeFed.Scale.Federation;
using KubeFed.Scale.Measure;

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
        Line($"- warm-up: {report.WarmUp} objects");
        Line("");
    }

    private void Times()
    {
        Row(["", "raw limit", .. report.Phases.Select(static phase => phase.Name)]);
        Row([.. Enumerable.Repeat("---", report.Phases.Count + 2)]);
        Measure("s until every member has followed", report.Raw.Seconds, static phase => phase.MembersSeconds);
        Measure("s until every status says so", null, static phase => phase.StatusSeconds);
        Row(["members' time / raw limit", "1", .. OnlyOfCreate(phase => phase.MembersSeconds / report.Raw.Seconds)]);
        Row(["API servers' CPU / raw limit", "1", .. OnlyOfCreate(phase => phase.Cpu.ApiServers / report.Raw.Cpu.ApiServers)]);
        Measure("writes for each object and member", 1, static phase => phase.MemberWrites);
        Measure("reads for each object and member", 0, static phase => phase.MemberReads);
        Measure("host writes for each object", 2, static phase => phase.HostWrites);
        Cpu("CPU s, controller manager", static cpu => cpu.ControllerManager);
        Cpu("CPU s, API servers", static cpu => cpu.ApiServers);
        Cpu("CPU s, etcd", static cpu => cpu.Etcd);
        Cpu("CPU s, this tool", static cpu => cpu.Tool);
        Cpu("CPU s, anything else on the machine", static cpu => cpu.Others);
        Measure("MiB resident, controller manager", null, static phase => phase.Memory.Now);
        Measure("MiB resident at most", null, static phase => phase.Memory.Peak);
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

    private void Measure(string name, double? raw, Func<Phase, double> value) =>
        Row([name, raw is { } known ? Number(known) : "", .. report.Phases.Select(phase => Number(value(phase)))]);

    private void Cpu(string name, Func<CpuSeconds, double> value) =>
        Row([name, Number(value(report.Raw.Cpu)), .. report.Phases.Select(phase => Number(value(phase.Cpu)))]);

    // The raw limit is of creates.
    private IEnumerable<string> OnlyOfCreate(Func<Phase, double> ratio) =>
        report.Phases.Select(phase => phase.Name == "create" ? Number(ratio(phase)) : "");

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
