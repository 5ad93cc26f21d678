using System.Text.Json;
using KubeFed.ApiMachinery.Selectors;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Tests.Selectors;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class LabelSelectorTests
{
    [TestCase("{}", "")]
    [TestCase("""{"matchLabels":{"b":"1","a":"2"}}""", "a=2,b=1")]
    [TestCase("""{"matchLabels":{"a":"1"},"matchExpressions":[{"key":"a","operator":"In","values":["2","1"]}]}""", "a=1,a in (1,2)")]
    [TestCase("""{"matchExpressions":[{"key":"a","operator":"Exists"},{"key":"b","operator":"DoesNotExist"},{"key":"c","operator":"NotIn","values":["x"]}]}""", "a,!b,c notin (x)")]
    public void ToSelector_FromJson_CompilesAndRoundTrips(string json, string selector)
    {
        LabelSelector read = JsonSerializer.Deserialize(json, SelectorJsonContext.Default.LabelSelector)!;
        string written = JsonSerializer.Serialize(read, SelectorJsonContext.Default.LabelSelector);

        Assert.That(read.ToSelector().ToString(), Is.EqualTo(selector));
        Assert.That(JsonSerializer.Deserialize(written, SelectorJsonContext.Default.LabelSelector), Is.EqualTo(read));
    }

    [Test]
    public void ToSelector_AbsentOrEmpty_SelectsNothingOrEverything()
    {
        Assert.That(LabelSelector.ToSelector(null), Is.EqualTo(Selector.Nothing));
        Assert.That(LabelSelector.ToSelector(new LabelSelector()), Is.EqualTo(Selector.Everything));
    }

    [TestCase("""{"matchExpressions":[{"key":"a","operator":"Near"}]}""", "\"Near\" is not a valid label selector operator")]
    [TestCase("""{"matchExpressions":[{"key":"a","operator":"In"}]}""", "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty")]
    [TestCase("""{"matchExpressions":[{"key":"a","operator":"Exists","values":["x"]}]}""", "values: Invalid value: [\"x\"]: values set must be empty for exists and does not exist")]
    public void ToSelector_Invalid_GivesKubernetesMessage(string json, string message)
    {
        LabelSelector read = JsonSerializer.Deserialize(json, SelectorJsonContext.Default.LabelSelector)!;

        Assert.That(read.ToSelector, Throws.TypeOf<SelectorFormatException>().With.Message.EqualTo(message));
    }

    [Test]
    public void Validate_ManyFaults_ReportsAllWithPaths()
    {
        const string json = """
            {"matchLabels":{"a/b/c":"x"},"matchExpressions":[
              {"key":"a","operator":"In"},{"key":"a","operator":"Exists","values":["x"]},{"key":"","operator":"Near"}]}
            """;
        LabelSelector read = JsonSerializer.Deserialize(json, SelectorJsonContext.Default.LabelSelector)!;

        FieldErrorList errors = read.Validate(FieldPath.Root("spec").Child("selector"));

        Assert.That(errors.Select(static e => $"{e.Type} {e.Field}"), Is.EqualTo(new[]
        {
            "Invalid spec.selector.matchLabels",
            "Required spec.selector.matchExpressions[0].values",
            "Forbidden spec.selector.matchExpressions[1].values",
            "Invalid spec.selector.matchExpressions[2].operator",
            "Invalid spec.selector.matchExpressions[2].key",
            "Invalid spec.selector.matchExpressions[2].key",
        }));
    }
}
