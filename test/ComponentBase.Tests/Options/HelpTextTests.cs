using System.CommandLine;
using KubeFed.ComponentBase.Options;

namespace KubeFed.ComponentBase.Tests.Options;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class HelpTextTests
{
    [TestCase("--help", "--wait <duration>  How long. (default 5m0s)")]
    [TestCase("--help", "--level <level>    How loud. (default 2)")]
    [TestCase("--help", "--name <name>      Whose.")]
    [TestCase("copy --help", "--mode <fast-enough|slow>  How. (default fast-enough)")]
    public void UseGoDefaults_Help_NamesEachDefaultOnce(string arguments, string line)
    {
        Assert.That(Help(arguments), Does.Contain($"  {line}\n"));
    }

    [Test]
    public void UseGoDefaults_Help_HasNoOtherForm()
    {
        Assert.That(Help("--help") + Help("copy --help"), Does.Not.Contain("[default"));
    }

    private static string Help(string arguments)
    {
        var root = new RootCommand("Waits.")
        {
            Flags.Duration("--wait", TimeSpan.FromMinutes(5), "How long."),
            new Option<int>("--level") { Description = "How loud.", HelpName = "level", DefaultValueFactory = static _ => 2 },
            new Option<string>("--name") { Description = "Whose.", HelpName = "name" },
        };
        root.Subcommands.Add(new Command("copy", "Copies.") { Flags.Choice("--mode", Mode.FastEnough, "How.") });
        HelpText.UseGoDefaults(root);
        using var output = new StringWriter { NewLine = "\n" };
        var code = root.Parse(arguments).Invoke(new InvocationConfiguration { Output = output });
        Assert.That(code, Is.Zero);
        return output.ToString().ReplaceLineEndings("\n");
    }

    private enum Mode
    {
        FastEnough,
        Slow,
    }
}
