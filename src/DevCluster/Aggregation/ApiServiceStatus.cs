using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeFed.DevClusters.Aggregation;

/// <summary>What an APIService says of the server behind it, by its condition <c>Available</c>, in kube-aggregator's words.</summary>
internal sealed record ApiServiceStatus(bool Available, string Reason, string Message)
{
    /// <summary>The cluster serves the group version itself.</summary>
    public static ApiServiceStatus Local { get; } = new(true, "Local", "Local APIServices are always available");

    /// <summary>The server answers.</summary>
    public static ApiServiceStatus Passed { get; } = new(true, "Passed", "all checks passed");

    /// <summary>It is not known where the server is.</summary>
    public static ApiServiceStatus NoService(ApiServiceSpec spec) =>
        new(false, "ServiceNotFound", $"service/{spec.ServiceName} in \"{spec.ServiceNamespace}\" is not present or has no address");

    /// <summary>The server does not answer.</summary>
    public static ApiServiceStatus Failing(string why) => new(false, "FailedDiscoveryCheck", $"failing or missing response from the service: {why}");

    private string Status => Available ? "True" : "False";

    /// <summary>Whether a condition says it already, whatever its message.</summary>
    public bool IsSaidBy(JsonObject? condition) => (string?)condition?["status"] == Status && (string?)condition["reason"] == Reason;

    /// <summary>The condition.</summary>
    public JsonObject ToCondition(DateTimeOffset now) => new()
    {
        ["type"] = "Available",
        ["status"] = Status,
        ["reason"] = Reason,
        ["message"] = Message,
        ["lastTransitionTime"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };
}
