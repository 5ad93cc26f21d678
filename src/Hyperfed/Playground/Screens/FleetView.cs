using System.Globalization;
using KubeFed.Hyperfed.Playground.Fleets;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace KubeFed.Hyperfed.Playground.Screens;

/// <summary>Draws a fleet: a table of clusters, one of objects with a column for each cluster, and what is still awaited.</summary>
internal static class FleetView
{
    /// <param name="fleet">The fleet.</param>
    /// <param name="below">The last line.</param>
    public static IRenderable Draw(Fleet fleet, string below) => new Rows(
        Clusters(fleet),
        Objects(fleet),
        new Text(fleet.IsSettled ? "Everything is in order." : $"Awaited: {fleet.Awaited}.", fleet.IsSettled ? Color.Green : Color.Yellow),
        new Text(below));

    private static Table Clusters(Fleet fleet)
    {
        var table = new Table().RoundedBorder().AddColumns("CLUSTER", "REGION", "READY", "NODES", "PODS", "WEB");
        foreach (var member in fleet.Members)
        {
            table.AddRow(
                member.Name.EscapeMarkup(),
                member.Region.EscapeMarkup(),
                member.IsReady ? "[green]True[/]" : "[red]False[/]",
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

    private static string Replicas(MemberState member) => member switch
    {
        { Replicas: null } => "-",
        { IsRolledOut: true } => $"[green]{member.ReadyReplicas}/{member.Replicas}[/]",
        { UnschedulablePods: > 0 and var pods } => $"[yellow]{member.ReadyReplicas}/{member.Replicas}, no room for {pods}[/]",
        _ when member.UpdatedReplicas < member.Replicas => $"[yellow]{member.ReadyReplicas}/{member.Replicas}, {member.UpdatedReplicas} new[/]",
        _ => $"[yellow]{member.ReadyReplicas}/{member.Replicas}[/]",
    };

    private static string Cell(ObjectState item, string cluster) => item.Clusters.GetValueOrDefault(cluster) switch
    {
        null => "-",
        ObjectState.InOrder => $"[green]{ObjectState.InOrder}[/]",
        { } reason => $"[yellow]{reason.EscapeMarkup()}[/]",
    };
}
