using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Tests.Fakes;
using KubeFed.TestSupport.Golden;

namespace KubeFed.Kubefedctl.Tests.Cli;

[Parallelizable(ParallelScope.All)]
public sealed class UsageTests
{
    [TestCase("")]
    [TestCase("install")]
    [TestCase("join")]
    [TestCase("unjoin")]
    [TestCase("enable")]
    [TestCase("disable")]
    [TestCase("federate")]
    [TestCase("orphaning-deletion")]
    [TestCase("orphaning-deletion enable")]
    [TestCase("orphaning-deletion disable")]
    [TestCase("orphaning-deletion status")]
    [TestCase("version")]
    public async Task Help_EveryCommand_IsAsRecorded(string command)
    {
        var federation = new FakeFederation();

        var code = await federation.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.That(code, Is.Zero);
        Assert.That(federation.Error, Is.Empty);
        GoldenFile.Match($"help-{(command.Length == 0 ? "root" : command.Replace(' ', '-'))}.txt", federation.Out);
    }

    [Test]
    public async Task NoCommand_PrintsHelp()
    {
        var federation = new FakeFederation();

        Assert.That(await federation.RunAsync(), Is.Zero);
        Assert.That(federation.Out, Does.StartWith("kubefedctl controls a federation"));
    }

    [TestCase("Error: unknown command \"jion\"; did you mean \"join\"?", "jion", "x")]
    [TestCase("Error: join needs CLUSTER", "join")]
    [TestCase("Error: join takes no further argument \"b\"", "join", "a", "b")]
    [TestCase("Error: unknown flag --cluster-contxt; did you mean \"--cluster-context\"?", "join", "a", "--cluster-contxt=b")]
    [TestCase("Error: --role needs a value", "join", "a", "--role")]
    [TestCase("Error: --v takes a number, not \"much\"", "join", "a", "--v=much")]
    [TestCase("Error: join takes no further argument \"maybe\"", "join", "a", "--error-on-existing=maybe")]
    [TestCase("Error: --output knows only \"yaml\", not \"json\"", "enable", "x", "-o", "json")]
    [TestCase("Error: --scope is Cluster or Namespaced, not \"All\"", "install", "--scope", "All")]
    [TestCase("Error: enable needs NAME or --filename", "enable")]
    [TestCase("Error: enable takes NAME or --filename, not both", "enable", "x", "-f", "y")]
    [TestCase("Error: federate needs TYPE and NAME, or --filename", "federate")]
    [TestCase("Error: federate needs NAME", "federate", "cm")]
    [TestCase("Error: federate takes TYPE and NAME or --filename, not both", "federate", "cm", "x", "-f", "y")]
    [TestCase("Error: --contents cannot be combined with --filename, which talks to no cluster", "federate", "-c", "-f", "y")]
    [TestCase("Error: --namespace cannot be combined with --filename, which talks to no cluster", "federate", "-n", "x", "-f", "y")]
    [TestCase("Error: --skip-api-resources needs --contents", "federate", "ns", "x", "-s", "secrets")]
    [TestCase("Error: unknown command \"enabel\"; did you mean \"enable\"?", "orphaning-deletion", "enabel", "x")]
    [TestCase("Error: orphaning-deletion enable needs NAME", "orphaning-deletion", "enable", "fcm")]
    [TestCase("Error: --enable-type cannot be combined with --output, which changes nothing", "federate", "cm", "x", "-t", "-o", "yaml")]
    public async Task Usage_Wrong_IsOneSentenceThatNamesIt(string message, params string[] arguments)
    {
        var federation = new FakeFederation();

        Assert.That(await federation.RunAsync(arguments), Is.EqualTo(1));

        var lines = federation.Error.TrimEnd().Split('\n');
        Assert.That(lines[0].TrimEnd(), Is.EqualTo(message));
        Assert.That(lines[1], Does.StartWith("Run 'kubefedctl ").And.Contain("--help"));
        Assert.That(federation.Out, Is.Empty);
    }

    [Test]
    public async Task Group_WithoutACommand_PrintsItsHelp()
    {
        var federation = new FakeFederation();

        Assert.That(await federation.RunAsync("orphaning-deletion"), Is.Zero, federation.Error);
        Assert.That(federation.Out, Does.StartWith("Chooses for one federated object").And.Contain("\"kubefedctl orphaning-deletion COMMAND --help\""));
    }

    [TestCase("--logtostderr")]
    [TestCase("--logtostderr=true")]
    [TestCase("--skip_headers")]
    [TestCase("--stderrthreshold=2")]
    public async Task LogFlagsOfKubeFed_AreTakenAndNotShown(string flag)
    {
        var federation = new FakeFederation();

        Assert.That(await federation.RunAsync("version", flag, "--v=2"), Is.Zero, federation.Error);
        Assert.That(await federation.RunAsync("--help"), Is.Zero);
        Assert.That(federation.Out, Does.Not.Contain(flag.Split('=')[0]));
    }

    [Test]
    public async Task DryRun_BeforeTheName_DoesNotSwallowIt()
    {
        var federation = new FakeFederation();

        Assert.That(await federation.RunAsync("join", "--dry-run", "cluster1"), Is.Zero, federation.Error);
        Assert.That(federation.Member.Names, Is.Empty);
    }

    [Test]
    public async Task Version_Always_IsOneLine()
    {
        var federation = new FakeFederation();

        Assert.That(await federation.RunAsync("version"), Is.Zero);
        Assert.That(federation.Out, Does.Match(@"\Akubefedctl version: v\d+\.\d+\.\d+.*\n\z"));
    }

    [TestCase("deploymnts", "deployments")]
    [TestCase("cn", "cm")]
    [TestCase("deploy", "deployments")]
    public void Near_Typo_FindsTheName(string typo, string meant) =>
        Assert.That(Suggestions.Near(typo, ["cm", "deployments", "services"]), Does.Contain(meant));

    [FsCheck.NUnit.Property]
    public bool Near_AnyText_NeverFails(string? text) => Suggestions.Near(text ?? "", ["deployments", "cm"]).Count <= 3;
}
