using System.CommandLine;
using KubeFed.Hyperfed.Programs;
using KubeFed.TestSupport.IO;

namespace KubeFed.Hyperfed.Tests.Programs;

public sealed class HyperfedProgramTests
{
    [TestCase("apiserver")]
    [TestCase("controller-manager")]
    [TestCase("kubefedctl")]
    [TestCase("devcluster")]
    [TestCase("playground")]
    public void Help_EveryProgram_IsListed(string program) => Assert.That(Run("--help").Output, Does.Contain($"  {program}"));

    [Test]
    public void Run_UnknownProgram_SaysWhichAndFails()
    {
        var (code, _, error) = Run("plaground");

        Assert.That(code, Is.Not.Zero);
        Assert.That(error, Does.Contain("plaground"));
    }

    [TestCase("--members must be between 1 and 10, not 0", "--members", "0")]
    [TestCase("--members must be between 1 and 10, not 11", "--members", "11")]
    [TestCase("--scenario flood is unknown; there are outage, rollout, overflow", "--scenario", "flood")]
    [TestCase("--scenario outage needs at least 2 members", "--scenario", "outage", "--members", "1")]
    [TestCase("--provider cloud is unknown; there are embedded, binaries, kind", "--provider", "cloud")]
    [TestCase("--api etcd is unknown; there are aggregated, crds", "--api", "etcd")]
    [TestCase("--exit and --detach exclude each other: one ends the playground, the other keeps it", "--exit", "--detach")]
    public void Playground_BadFlags_AreRefusedInOneSentence(string sentence, params string[] flags) =>
        Assert.That(Run(["playground", .. flags]), Is.EqualTo((1, string.Empty, $"Error: {sentence}{Environment.NewLine}")));

    [Test]
    public void Playground_FolderThatCannotBe_IsRefusedInOneSentence()
    {
        using var temporary = new TempFolder();
        string file = temporary.Write("file", string.Empty);

        var (code, output, error) = Run("playground", "--directory", Path.Combine(file, "playground"));

        Assert.That((code, output), Is.EqualTo((1, string.Empty)));
        Assert.That(error, Does.Match("^Error: The folder .*file/playground cannot be used: .*\\. Name another with --directory\\.\\s$"));
    }

    [Test]
    public void PlaygroundDown_NoneRunning_SaysSo()
    {
        using var temporary = new TempFolder();

        Assert.That(
            Run("playground", "down", "--directory", temporary.Combine("none")),
            Is.EqualTo((0, $"No playground is running.{Environment.NewLine}", string.Empty)));
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = HyperfedProgram.CreateRoot().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
