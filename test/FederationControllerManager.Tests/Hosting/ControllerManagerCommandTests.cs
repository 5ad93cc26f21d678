using System.CommandLine;
using KubeFed.FederationControllerManager.Hosting;
using KubeFed.TestSupport.Golden;

namespace KubeFed.FederationControllerManager.Tests.Hosting;

[TestFixture]
public sealed class ControllerManagerCommandTests
{
    [Test]
    public async Task Help_IsTheGoldenText()
    {
        var command = ControllerManagerCommand.Build();
        var output = new StringWriter();

        var code = await command.Parse(["--help"]).InvokeAsync(new InvocationConfiguration { Output = output });

        // The program's name is that of the process, here the test's.
        GoldenFile.Match("help.txt", output.ToString().Replace(RootCommand.ExecutableName, "kubefed-controller-manager", StringComparison.Ordinal));
        Assert.That(code, Is.Zero);
    }

    /// <summary>The flags of KubeFed v0.8, and klog's, are taken by manifests as they are.</summary>
    [TestCase("--kubefed-namespace=fed", "--kubeconfig=/k", "--master=https://host", "--healthz-addr=:8081", "--metrics-addr=:9091")]
    [TestCase("--rest-config-qps=5.0", "--rest-config-burst=10", "--v=2")]
    [TestCase("--logtostderr", "--stderrthreshold=INFO", "--vmodule=a=1", "--alsologtostderr=false", "--log_dir=/tmp", "--skip-headers")]
    public void Parse_FlagsOfKubeFed_AreTaken(params string[] flags) => Assert.That(ControllerManagerCommand.Build().Parse(flags).Errors, Is.Empty);

    [Test]
    public void Parse_UnknownFlag_IsAnError() => Assert.That(ControllerManagerCommand.Build().Parse(["--kubefed-config=/f"]).Errors, Is.Not.Empty);
}
