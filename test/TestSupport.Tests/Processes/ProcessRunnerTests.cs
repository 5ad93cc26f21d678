using KubeFed.TestSupport.Processes;

namespace KubeFed.TestSupport.Tests.Processes;

[TestFixture]
[Platform(Exclude = "Win")]
public sealed class ProcessRunnerTests
{
    [Test]
    public async Task Run_ProgramFails_ReturnsBothOutputsAndTheCode()
    {
        var result = await ProcessRunner.RunAsync("sh", ["-c", "echo out; echo err >&2; exit 4"]);

        Assert.That((result.ExitCode, result.Output, result.Error), Is.EqualTo((4, "out\n", "err\n")));
        Assert.That(() => result.EnsureSuccess(), Throws.InstanceOf<AssertionException>().With.Message.Contains("err"));
    }

    [Test]
    public async Task Run_InputAndEnvironment_ReachTheProgram()
    {
        var result = await ProcessRunner.RunAsync("sh", ["-c", "cat; echo $GIVEN"], new ProcessOptions
        {
            Input = "in\n",
            Environment = new Dictionary<string, string?> { ["GIVEN"] = "value" },
        });

        Assert.That(result.EnsureSuccess().Output, Is.EqualTo("in\nvalue\n"));
    }

    [Test]
    public async Task Run_ProgramLeavesItsInput_IsNoError()
    {
        var result = await ProcessRunner.RunAsync("true", [], new ProcessOptions { Input = new string('x', 1 << 20) });

        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public void Run_ProgramOutlastsItsTime_IsKilledAndTold()
    {
        var options = new ProcessOptions { Timeout = TimeSpan.FromMilliseconds(100) };

        Assert.That(() => ProcessRunner.RunAsync("sleep", ["600"], options), Throws.InstanceOf<TimeoutException>());
    }

    [Test]
    public void Run_Cancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.That(
            () => ProcessRunner.RunAsync("sleep", ["600"], cancellationToken: cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }
}
