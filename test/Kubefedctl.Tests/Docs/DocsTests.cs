using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Tests.Fakes;
using KubeFed.TestSupport.Docs;
using KubeFed.TestSupport.IO;

namespace KubeFed.Kubefedctl.Tests.Docs;

[Parallelizable(ParallelScope.All)]
public sealed class DocsTests
{
    [Test]
    public void Readme_EveryKubefedctlCommand_IsAValidCommandLine()
    {
        var commands = FencedBlocks.Read(File.ReadAllText(Repository.Combine("README.md")))
            .SelectMany(b => b.Commands.Split('\n'))
            .Where(l => l.StartsWith("kubefedctl ", StringComparison.Ordinal))
            .ToArray();

        Assert.That(commands, Has.Length.GreaterThan(5));
        Assert.That(commands.Where(c => Root().Parse(c["kubefedctl ".Length..]).Errors.Count > 0), Is.Empty);
    }

    [Test]
    public void Reference_EveryFlagOfEveryCommand_IsDescribed()
    {
        var text = File.ReadAllText(Repository.Combine("docs", "kubefedctl.md"));

        var flags = Root().Subcommands.SelectMany(c => c.Subcommands.Prepend(c)).SelectMany(c => c.Options).Concat(GlobalFlags.All).Select(o => o.Name).Distinct();

        string Short(string flag) => flag switch { "--output" => "`-o yaml`", "--filename" => "`-f FILE`", "--namespace" => "-n NAMESPACE", "--enable-type" => "`-t`", _ => flag };
        Assert.That(flags.Where(f => !text.Contains(Short(f), StringComparison.Ordinal)), Is.Empty);
    }

    private static System.CommandLine.Command Root() => KubefedctlProgram.CreateRoot(
        new CliEnvironment { Out = TextWriter.Null, Error = TextWriter.Null, Connector = new FakeFederation() });
}
