using System.Text.Json;
using KubeFed.ComponentBase.Versioning;

namespace KubeFed.ComponentBase.Tests.Versioning;

[Parallelizable(ParallelScope.All)]
public class BuildInfoTests
{
    [Test]
    public void Of_AllAttributes_AreRead()
    {
        var build = BuildInfo.Of("1.2.3-rc.1+abcdef", new Dictionary<string, string?> { ["GitTreeState"] = "clean", ["BuildDate"] = "2026-01-02T03:04:05Z" });
        Assert.That(build.ToString(), Does.Match(@"^v1\.2\.3-rc\.1 \(commit abcdef, tree clean, built 2026-01-02T03:04:05Z, \.NET 1\d\..+, \w+/\w+\)$"));
    }

    [Test]
    public void Of_NoAttributes_IsUnknown()
    {
        var build = BuildInfo.Of("1.2.3", new Dictionary<string, string?>());
        Assert.That((build.Version, build.GitCommit, build.GitTreeState, build.BuildDate), Is.EqualTo(("v1.2.3", "unknown", "unknown", "unknown")));
    }

    [Test]
    public void ToJson_Current_HasEveryField()
    {
        using var json = JsonDocument.Parse(BuildInfo.Current.ToJson());
        Assert.That(json.RootElement.EnumerateObject().Select(field => field.Name), Is.EqualTo(new[] { "version", "gitCommit", "gitTreeState", "buildDate", "runtime", "platform" }));
        Assert.That(json.RootElement.GetProperty("version").GetString(), Does.Match(@"^v\d+\.\d+\.\d+"));
    }
}
