using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace KubeFed.ComponentBase.Telemetry;

/// <summary>
/// Writes collected metrics in Prometheus' text format 0.0.4. Metrics of one name, which may come from several meters, are written as
/// one family; where their types differ the first is written and the others are left out, since a scraper would refuse the whole text.
/// A histogram without boundaries is written as what it is, a summary without quantiles.
/// </summary>
internal static class PrometheusWriter
{
    public static void Write(in Batch<Metric> metrics, StringBuilder text)
    {
        var families = new SortedDictionary<string, List<(Metric Metric, PrometheusType Type)>>(StringComparer.Ordinal);
        foreach (var metric in metrics)
        {
            if (TypeOf(metric) is { } type)
            {
                var name = PrometheusNames.Metric(metric.Name, metric.Unit, type);
                if (!families.TryGetValue(name, out var family))
                {
                    families.Add(name, family = []);
                }

                family.Add((metric, type));
            }
        }

        foreach (var (name, family) in families)
        {
            WriteFamily(text, name, family);
        }
    }

    private static PrometheusType? TypeOf(Metric metric) => metric.MetricType switch
    {
        MetricType.LongSum or MetricType.DoubleSum => PrometheusType.Counter,
        MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => PrometheusType.Gauge,
        MetricType.Histogram => HasBuckets(metric) ? PrometheusType.Histogram : PrometheusType.Summary,
        _ => null,
    };

    private static bool HasBuckets(Metric metric)
    {
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            foreach (var _ in point.GetHistogramBuckets())
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteFamily(StringBuilder text, string name, List<(Metric Metric, PrometheusType Type)> family)
    {
        var (first, type) = family[0];
        if (first.Description.Length > 0)
        {
            text.Append("# HELP ").Append(name).Append(' ');
            AppendEscaped(text, first.Description, quotes: false);
            text.Append('\n');
        }

        text.Append("# TYPE ").Append(name).Append(' ').Append(type switch
        {
            PrometheusType.Counter => "counter",
            PrometheusType.Histogram => "histogram",
            PrometheusType.Summary => "summary",
            _ => "gauge",
        }).Append('\n');
        foreach (var (metric, metricType) in family)
        {
            if (metricType == type)
            {
                WritePoints(text, name, metric);
            }
        }
    }

    private static void WritePoints(StringBuilder text, string name, Metric metric)
    {
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = Labels(point.Tags);
            switch (metric.MetricType)
            {
                case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                    WriteSample(text, name, labels, point.GetSumLong());
                    break;
                case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                    WriteSample(text, name, labels, point.GetSumDouble());
                    break;
                case MetricType.LongGauge:
                    WriteSample(text, name, labels, point.GetGaugeLastValueLong());
                    break;
                case MetricType.DoubleGauge:
                    WriteSample(text, name, labels, point.GetGaugeLastValueDouble());
                    break;
                default:
                    WriteHistogram(text, name, labels, point);
                    break;
            }
        }
    }

    private static void WriteHistogram(StringBuilder text, string name, string labels, in MetricPoint point)
    {
        long cumulative = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            cumulative += bucket.BucketCount;
            var le = $"le=\"{Number(bucket.ExplicitBound)}\"";
            WriteSample(text, $"{name}_bucket", labels.Length == 0 ? le : $"{labels},{le}", cumulative);
        }

        WriteSample(text, $"{name}_sum", labels, point.GetHistogramSum());
        WriteSample(text, $"{name}_count", labels, point.GetHistogramCount());
    }

    private static void WriteSample(StringBuilder text, string name, string labels, double value) => WriteSample(text, name, labels, Number(value));

    private static void WriteSample(StringBuilder text, string name, string labels, long value) =>
        WriteSample(text, name, labels, value.ToString(CultureInfo.InvariantCulture));

    private static void WriteSample(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value).Append('\n');
    }

    private static string Labels(ReadOnlyTagCollection tags)
    {
        if (tags.Count == 0)
        {
            return "";
        }

        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (tag, value) in tags)
        {
            var label = PrometheusNames.Label(tag);
            var word = Word(value);
            values[label] = values.TryGetValue(label, out var other) ? $"{other};{word}" : word;
        }

        var text = new StringBuilder();
        foreach (var (label, value) in values)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(label).Append("=\"");
            AppendEscaped(text, value, quotes: true);
            text.Append('"');
        }

        return text.ToString();
    }

    private static string Word(object? value) => value switch
    {
        null => "",
        true => "true",
        false => "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static void AppendEscaped(StringBuilder text, string value, bool quotes)
    {
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '"' when quotes => text.Append("\\\""),
                _ => text.Append(letter),
            };
        }
    }
}
