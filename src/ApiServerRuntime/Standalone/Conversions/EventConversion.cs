using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Standalone.Conversions;

/// <summary>Between core events, which are stored, and those of <c>events.k8s.io</c>: the same members under other names.</summary>
internal sealed class EventConversion : IVersionConversion
{
    private static readonly (string Core, string Event)[] Names =
    [
        ("count", "deprecatedCount"),
        ("firstTimestamp", "deprecatedFirstTimestamp"),
        ("involvedObject", "regarding"),
        ("lastTimestamp", "deprecatedLastTimestamp"),
        ("message", "note"),
        ("reportingComponent", "reportingController"),
        ("source", "deprecatedSource"),
    ];

    private EventConversion()
    {
    }

    public static EventConversion Instance { get; } = new();

    public void FromStorage(JsonObject root)
    {
        foreach (var (core, @event) in Names)
        {
            Rename(root, core, @event);
        }
    }

    public void ToStorage(JsonObject root)
    {
        foreach (var (core, @event) in Names)
        {
            Rename(root, @event, core);
        }
    }

    private static void Rename(JsonObject root, string from, string to)
    {
        if (root.Remove(from, out var value))
        {
            root[to] = value;
        }
    }
}
