using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace KubeFed.Hyperfed.Playground;

/// <summary>Draws a fleet: a table of clusters, and one of objects with a column for each cluster.</summary>
internal static class FleetView
{
    public static IRenderable Draw(Fleet fleet) => new Rows(Clusters(fleet), Objects(fleet));

    private static Table Clusters(Fleet fleet)
    {
        var table = new Table().RoundedBorder().AddColumns("CLUSTER", "REGION", "READY", "NODES", "PODS", "WEB");
        foreach (var member in fleet.Members)
        {
            table.AddRow(
                member.Name.EscapeMarkup(),
                member.Region.EscapeMarkup(),
                member.IsReady ? "[green]True[/]" : "[yellow]False[/]",
                member.Nodes.ToString(CultureInfo.InvariantCulture),
                $"{member.RunningPods}/{member.Pods}",
                Replicas(member));
        }

        return table;
    }

    private static Table Objects(Fleet fleet)
    {
        var table = new Table().RoundedBorder().AddColumns("OBJECT", "PROPAGATED");
        foreach (var member in fleet.Members)
        {
            table.AddColumn(member.Name.EscapeMarkup());
        }

        foreach (var item in fleet.Objects)
        {
            table.AddRow(
            [
                $"{item.Kind}/{item.Name}".EscapeMarkup(),
                item.IsPropagated ? "[green]True[/]" : "[yellow]False[/]",
                .. fleet.Members.Select(member => Cell(item, member.Name)),
            ]);
        }

        return table;
    }

    private static string Replicas(MemberState member) => member.Replicas is { } wanted
        ? $"[{(member.ReadyReplicas == wanted ? "green" : "yellow")}]{member.ReadyReplicas}/{wanted}[/]"
        : "-";

    private static string Cell(ObjectState item, string cluster) => item.Clusters.GetValueOrDefault(cluster) switch
    {
        null => "-",
        "OK" => "[green]OK[/]",
        { } reason => $"[yellow]{reason.EscapeMarkup()}[/]",
    };
}
