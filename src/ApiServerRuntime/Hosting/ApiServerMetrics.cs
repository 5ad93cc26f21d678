using System.Diagnostics;
using System.Diagnostics.Metrics;
using KubeFed.ApiServerRuntime.Requests;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>
/// What the server counts of requests, on the meter <c>KubeFed.ApiServerRuntime</c>. Names and labels are kube-apiserver's; group, version and
/// resource are given only for resources that are served, so that no client can make up series.
/// </summary>
public sealed class ApiServerMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "KubeFed.ApiServerRuntime";

    private static readonly string[] Methods = ["get", "head", "post", "put", "patch", "delete", "options"];
    private readonly Counter<long> _requests;
    private readonly UpDownCounter<long> _inFlight;
    private readonly UpDownCounter<long> _longRunning;
    private readonly Histogram<double> _duration;

    /// <summary>Creates the instruments.</summary>
    public ApiServerMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        Meter meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("apiserver_request_total", description: "Requests answered.");
        _inFlight = meter.CreateUpDownCounter<long>("apiserver_current_inflight_requests", description: "Requests being answered, watches excepted.");
        _longRunning = meter.CreateUpDownCounter<long>("apiserver_longrunning_requests", description: "Watches open.");
        _duration = meter.CreateHistogram(
            "apiserver_request_duration_seconds",
            "s",
            "How long requests took, watches excepted.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 2, 5, 10, 20, 30, 60] });
    }

    internal void Began(ApiRequest request) => InFlight(request, 1);

    internal void Ended(ApiRequest request, bool served, int code, TimeSpan duration)
    {
        InFlight(request, -1);
        TagList tags = TagsOf(request.Info, served);
        if (!request.IsLongRunning)
        {
            _duration.Record(duration.TotalSeconds, tags);
        }

        tags.Add("code", code);
        _requests.Add(1, tags);
    }

    private static TagList TagsOf(RequestInfo info, bool served)
    {
        bool resource = info.IsResourceRequest && served;
        return new TagList
        {
            { "verb", Verb(info) },
            { "group", resource ? info.Group : string.Empty },
            { "version", resource ? info.Version : string.Empty },
            { "resource", resource ? info.Resource : string.Empty },
            { "subresource", resource ? info.Subresource : string.Empty },
        };
    }

    private static string Verb(RequestInfo info) => info.IsResourceRequest
        ? info.Verb.Length > 0 ? info.Verb.ToUpperInvariant() : "other"
        : Array.Exists(Methods, method => method == info.Verb) ? info.Verb.ToUpperInvariant() : "other";

    private void InFlight(ApiRequest request, int change)
    {
        if (request.IsLongRunning)
        {
            _longRunning.Add(change);
        }
        else
        {
            _inFlight.Add(change, new KeyValuePair<string, object?>("request_kind", request.IsMutating ? "mutating" : "readOnly"));
        }
    }
}
