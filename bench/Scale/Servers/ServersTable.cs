using System.Text;

namespace KubeFed.Scale.Servers;

/// <summary>Prints rows as Markdown.</summary>
internal static class ServersTable
{
    public static string Of(IEnumerable<Row> rows)
    {
        var text = new StringBuilder();
        Line(text, ["", "kube-apiserver", "kubefed-apiserver", "times better", "CPU us/op", "CPU us/op, ours", "times less"]);
        Line(text, ["---", "---:", "---:", "---:", "---:", "---:", "---:"]);
        foreach (var row in rows)
        {
            Line(text, [row.Name, Number(row.Value(0)), Number(row.Value(1)), Number(row.Ratio), Number(row.Cpu(0)), Number(row.Cpu(1)), Number(row.CpuRatio)]);
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string[] cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(static (cell, i) => i == 0 ? cell.PadRight(44) : cell.PadLeft(14))).Append(" |\n");

    private static string Number(double? value) => value switch
    {
        null => "",
        >= 100 => $"{value:0}",
        >= 10 => $"{value:0.0}",
        _ => $"{value:0.00}",
    };
}
