using System.Text.RegularExpressions;
using KubeFed.TestSupport.IO;

namespace KubeFed.Architecture.Tests;

/// <summary>
/// Holds docs/operations.md to the code: every word that the programs write into conditions, statuses and events, and the name of every
/// metric, is explained there; and the names of metrics that stand there exist.
/// </summary>
[TestFixture]
public sealed partial class OperatorDocumentTests
{
    private static readonly string Document = File.ReadAllText(Repository.Combine("docs", "operations.md"));

    /// <summary>The classes whose constants are such words.</summary>
    private static readonly string[] Vocabularies =
    [
        "Types/V1Beta1/PropagationStatus.cs",
        "Types/V1Beta1/PropagationReasons.cs",
        "Types/V1Beta1/EventReasons.cs",
        "Core/V1Beta1/ClusterConditionTypes.cs",
        "Core/V1Beta1/CoreEventReasons.cs",
        "Core/V1Beta1/ControllerStatus.cs",
        "Scheduling/V1Alpha1/SchedulingConditions.cs",
        "Scheduling/V1Alpha1/SchedulingReasons.cs",
        "Scheduling/V1Alpha1/SchedulingEventReasons.cs",
    ];

    private static IEnumerable<string> Words => Vocabularies
        .SelectMany(static file => Constant().Matches(Source($"src/FederationApis/{file}")).Select(static match => match.Groups["value"].Value))
        .Where(static word => word.Length > 0 && word != "Failed")
        .Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Components =>
        Constant().Matches(Source("src/FederationControllerManager/Telemetry/EventComponents.cs")).Select(static match => match.Groups["value"].Value)
            .Where(static word => !word.StartsWith('-'));

    private static IEnumerable<string> Metrics => Sources("ComponentBase", "ControllerRuntime", "KubeClient", "FederationControllerManager", "ApiServerRuntime", "FederationApiServer")
        .SelectMany(static source => Instrument().Matches(source))
        .Select(static match => Name(match.Groups["kind"].Value, match.Groups["name"].Value, match.Groups["rest"].Value))
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Words))]
    public void Words_OfConditionsStatusesAndEvents_AreExplained(string word) => Assert.That(Document, Does.Contain($"`{word}`"));

    [TestCaseSource(nameof(Components))]
    public void Components_OfEvents_AreExplained(string component) => Assert.That(Document, Does.Contain($"`{component}`"));

    [TestCaseSource(nameof(Metrics))]
    public void Metrics_AreExplained(string metric) => Assert.That(Document, Does.Match($"`{metric}[`{{]"));

    [Test]
    public void Document_NamesNoMetricThatDoesNotExist()
    {
        var named = MetricInDocument().Matches(Document).Select(static match => match.Groups["name"].Value).ToArray();

        Assert.That(named, Has.Length.GreaterThan(50));
        Assert.That(named.Except(Metrics, StringComparer.Ordinal), Is.Empty);
    }

    [Test]
    public void Reasons_OfEvents_AreConstants()
    {
        var literal = Sources("FederationControllerManager").SelectMany(static source => LiteralReason().Matches(source)).Select(static match => match.Value);

        Assert.That(literal, Is.Empty, "the reason of an event belongs into a class that this test reads");
    }

    [Test]
    public void Sources_AreRead()
    {
        Assert.That(Words.Count(), Is.GreaterThan(60));
        Assert.That(Metrics, Is.SupersetOf(new[]
        {
            "kubefedcluster_total", "workqueue_depth", "rest_client_requests_total", "process_cpu_seconds_total", "dispatch_operation_duration_seconds",
        }));
    }

    private static IEnumerable<string> Sources(params IEnumerable<string> projects) => projects
        .SelectMany(static project => Directory.EnumerateFiles(Repository.Combine("src", project), "*.cs", SearchOption.AllDirectories))
        .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(File.ReadAllText);

    private static string Source(string path) => File.ReadAllText(Repository.Combine(path));

    /// <summary>The name under which Prometheus knows an instrument.</summary>
    private static string Name(string kind, string instrument, string rest)
    {
        var name = instrument.Replace('.', '_');
        foreach (var (unit, word) in new[] { ("\"s\"", "_seconds"), ("\"By\"", "_bytes") })
        {
            if (rest.Contains(unit, StringComparison.Ordinal) && !name.EndsWith(word, StringComparison.Ordinal))
            {
                name += word;
            }
        }

        return kind is "Counter" or "ObservableCounter" && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    [GeneratedRegex("const string \\w+ = \"(?<value>[^\"]*)\";", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constant();

    [GeneratedRegex(
        "\\.Create(?<kind>Counter|ObservableCounter|UpDownCounter|Gauge|ObservableGauge|Histogram)(<\\w+>)?\\(\\s*\"(?<name>[^\"]+)\"(?<rest>[^;]*);",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Instrument();

    [GeneratedRegex("EventType\\.\\w+,\\s*\"[^\"]*\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LiteralReason();

    [GeneratedRegex(
        "`(?<name>(kubefed|kubefedcluster|joined|cluster|dispatch|reconcile|controller_runtime|workqueue|kubeclient|rest_client|event_recorder|leader_election|apiserver|process)_[a-z_]+)[`{]",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex MetricInDocument();
}
