using System.CommandLine;
using KubeFed.Hyperfed.Programs;

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

    [TestCase("--members", "0")]
    [TestCase("--members", "11")]
    public void Playground_MembersOutOfBounds_IsRefused(params string[] flags)
    {
        var (code, _, error) = Run(["playground", .. flags]);

        Assert.That(code, Is.Not.Zero);
        Assert.That(error, Does.Contain("--members must be between 1 and 10"));
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = HyperfedProgram.CreateRoot().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
