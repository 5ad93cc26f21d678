using System.CommandLine;
using KubeFed.ComponentBase.Features;
using KubeFed.ComponentBase.Logging;
using KubeFed.ComponentBase.Options;
using Microsoft.Extensions.Logging;

namespace KubeFed.ComponentBase.Tests.Options;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class OptionGroupsTests
{
    private readonly LoggingOptions _logging = new();
    private readonly EndpointOptions _endpoints = new();
    private readonly FeatureGateOptions _features = new(new FeatureRegistry(
        new FeatureSpec("PushReconciler", FeatureStage.Beta, true, "sync", "Pushes objects to members."),
        new FeatureSpec("Old", FeatureStage.Ga, true, "sync", "Is done.")));

    private readonly Option<TimeSpan> _wait = Flags.Duration("--wait", TimeSpan.FromSeconds(90), "How long to wait.");

    [Test]
    public void Read_NoFlags_GivesTheDefaults()
    {
        Assert.That(Read(out var parsed), Is.Empty);
        Assert.That(parsed.Errors, Is.Empty);
        Assert.That((_logging.Verbosity, _logging.Format, _logging.MinimumLevel), Is.EqualTo((0, LogFormat.Text, LogLevel.Information)));
        Assert.That((_endpoints.HealthAddress?.ToString(), _endpoints.MetricsAddress?.ToString()), Is.EqualTo((":8080", ":9090")));
        Assert.That(_features.Gates.ToString(), Is.EqualTo("Old=true,PushReconciler=true"));
        Assert.That(parsed.GetValue(_wait), Is.EqualTo(TimeSpan.FromSeconds(90)));
    }

    [Test]
    public void Read_AllFlags_TakesTheirValues()
    {
        Assert.That(
            Read(out var parsed, "--v=4", "--logging-format", "JSON", "--healthz-addr=0", "--metrics-addr", "127.0.0.1:9", "--feature-gates", "PushReconciler=false", "--wait", "1m"),
            Is.Empty);
        Assert.That(parsed.Errors, Is.Empty);
        Assert.That((_logging.Verbosity, _logging.Format, _logging.MinimumLevel), Is.EqualTo((4, LogFormat.Json, LogLevel.Debug)));
        Assert.That((_endpoints.HealthAddress, _endpoints.MetricsAddress?.ToString()), Is.EqualTo(((ListenAddress?)null, "127.0.0.1:9")));
        Assert.That(_features.Gates.IsEnabled("PushReconciler"), Is.False);
        Assert.That(parsed.GetValue(_wait), Is.EqualTo(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public void Read_BadValues_ReportsEachWithItsFlag()
    {
        var errors = Read(out _, "--v=-1", "--healthz-addr", ":80", "--metrics-addr", "127.0.0.1:80", "--feature-gates", "New=true,Old=false,Odd");
        Assert.That(errors, Is.EqualTo(new[]
        {
            "--v -1 must not be negative",
            "--healthz-addr :80 and --metrics-addr 127.0.0.1:80 name one port with different addresses",
            "--feature-gates: feature gate \"Odd\" is not of the form Name=true or Name=false",
            "--feature-gates: unknown feature gate \"New\": known are Old, PushReconciler",
            "--feature-gates: feature gate \"Old\" is generally available and cannot be set to false",
        }));
    }

    [Test]
    public void Parse_MalformedValues_AreErrorsOfTheCommandLine()
    {
        var errors = Parse("--wait", "soon", "--healthz-addr", "here", "--logging-format", "xml").Errors.Select(error => error.Message);
        Assert.That(errors, Is.EquivalentTo(new[]
        {
            "--wait: \"soon\" is not a duration such as 10s, 1m30s or 500ms",
            "--healthz-addr: \"here\" is not an address to listen on such as :8080 or 127.0.0.1:8080 (0 turns it off)",
            "--logging-format: \"xml\" is not one of text|json",
        }));
    }

    private IReadOnlyList<string> Read(out ParseResult parsed, params string[] args)
    {
        parsed = Parse(args);
        return OptionGroups.Read(parsed, _logging, _endpoints, _features);
    }

    private ParseResult Parse(params string[] args)
    {
        var command = new RootCommand { _wait };
        OptionGroups.AddFlags(command, _logging, _endpoints, _features);
        return command.Parse(args);
    }
}
