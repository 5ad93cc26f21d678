using KubeFed.FederationCore.Scheduling;

namespace KubeFed.FederationCore.Tests.Scheduling;

internal sealed record PlanRow(
    string Preferences,
    long Total,
    string Clusters,
    string Expected,
    string Current = "",
    string Capacity = "",
    string Key = "",
    bool Rebalance = false,
    string Overflow = "")
{
    public PlanRequest Request => PlanText.Request(Preferences, Total, Clusters, Current, Capacity, Key, Rebalance);

    public override string ToString() =>
        $"{Preferences} | {Total} | {Clusters} | {Current} | {Capacity} | {Key}{(Rebalance ? " rebalance" : string.Empty)}";
}
