using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Tables;

namespace KubeFed.ApiServerRuntime.Standalone.Columns;

/// <summary>The cells of events, of both groups.</summary>
internal static class EventColumns
{
    private const string Unknown = "<unknown>";

    public static string LastSeen(KubeObject item, DateTimeOffset now)
    {
        string first = FirstSeen(item, now);
        string? last = item.GetString("series", "lastObservedTime") ?? item.GetString("lastTimestamp") ?? item.GetString("deprecatedLastTimestamp");
        if (Age(last, now) is not { } age)
        {
            return first;
        }

        int count = TotalOf(item);
        return item.GetNode("series") is JsonObject && count > 1
            ? string.Create(CultureInfo.InvariantCulture, $"{age} (x{count} over {first})")
            : age;
    }

    public static string FirstSeen(KubeObject item, DateTimeOffset now) =>
        Age(item.GetString("firstTimestamp") ?? item.GetString("deprecatedFirstTimestamp"), now) ?? Age(item.GetString("eventTime"), now) ?? Unknown;

    public static string Subject(KubeObject item)
    {
        string member = item.GetNode("involvedObject") is JsonObject ? "involvedObject" : "regarding";
        return $"{item.GetString(member, "kind")?.ToLowerInvariant()}/{item.GetString(member, "name")}";
    }

    public static string Source(KubeObject item)
    {
        string component = item.GetString("source", "component") ?? item.GetString("reportingComponent") ?? string.Empty;
        string host = item.GetString("source", "host") ?? item.GetString("reportingInstance") ?? string.Empty;
        return host.Length > 0 ? $"{component}, {host}" : component;
    }

    public static string Message(KubeObject item) => (item.GetString("message") ?? item.GetString("note") ?? string.Empty).Trim();

    public static int Count(KubeObject item) => Math.Max(1, TotalOf(item));

    private static int TotalOf(KubeObject item) =>
        Number(item.GetNode("series", "count")) ?? Number(item.GetNode("count")) ?? Number(item.GetNode("deprecatedCount")) ?? 0;

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static string? Age(string? time, DateTimeOffset now) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) ? HumanDuration.Format(now - parsed) : null;
}
