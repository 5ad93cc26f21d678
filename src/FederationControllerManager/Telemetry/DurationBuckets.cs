using System.Diagnostics.Metrics;

namespace KubeFed.FederationControllerManager.Telemetry;

/// <summary>The boundaries of the histograms that carry KubeFed's names, as KubeFed has them, so that what is drawn of them stays comparable.</summary>
internal static class DurationBuckets
{
    public static InstrumentAdvice<double> Advice { get; } = new()
    {
        HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 7.5, 10, 12.5, 15, 17.5, 20, 22.5, 25, 27.5, 30, 50, 75, 100, 1000],
    };

    /// <summary>None: only sum and number are kept, which Prometheus calls a summary without quantiles.</summary>
    public static InstrumentAdvice<double> SumOnly { get; } = new() { HistogramBucketBoundaries = [] };
}
