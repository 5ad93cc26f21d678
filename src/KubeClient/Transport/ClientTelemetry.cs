using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace KubeFed.KubeClient.Transport;

/// <summary>Names of what the client reports about itself.</summary>
public static class ClientTelemetry
{
    /// <summary>
    /// The meter: <c>rest_client_requests_total</c> {code, method, host} (code <c>&lt;error&gt;</c> where no answer came) and
    /// <c>rest_client_request_duration_seconds</c> {verb, host}, measured until the answer's headers are there.
    /// </summary>
    public const string MeterName = "KubeFed.KubeClient";

    /// <summary>The activity source: one client activity a request.</summary>
    public const string ActivitySourceName = "KubeFed.KubeClient";

    internal static readonly ActivitySource Activities = new(ActivitySourceName);

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "rest_client_requests_total", "{request}", "Requests to API servers by status code, method and host.");

    private static readonly Histogram<double> Durations = Meter.CreateHistogram(
        "rest_client_request_duration_seconds",
        "s",
        "Seconds until an API server's answer begins, by method and host.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60] });

    internal static void Record(string method, string host, int? code, TimeSpan elapsed)
    {
        if (Requests.Enabled)
        {
            var text = code?.ToString(CultureInfo.InvariantCulture) ?? "<error>";
            Requests.Add(1, new("code", text), new("method", method), new("host", host));
        }

        if (Durations.Enabled)
        {
            Durations.Record(elapsed.TotalSeconds, new("verb", method), new("host", host));
        }
    }
}
