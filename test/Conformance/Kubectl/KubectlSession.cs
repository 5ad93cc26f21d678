using KubeFed.TestSupport.Processes;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.Conformance.Kubectl;

/// <summary>Plays the session with one kubectl against one server, in namespaces of its own.</summary>
internal sealed class KubectlSession : IAsyncDisposable
{
    private const int NoExit = -1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly KubectlVersion _kubectl;
    private readonly ProcessSandbox _sandbox;
    private readonly Dictionary<string, string?> _environment;
    private ManagedProcess? _background;

    public KubectlSession(KubectlVersion kubectl, string kubeconfig)
    {
        _kubectl = kubectl;
        _sandbox = new ProcessSandbox($"kubectl-{kubectl.Version}");
        var copy = Path.Combine(_sandbox.Folder, "kubeconfig");
        File.Copy(kubeconfig, copy);
        _environment = new Dictionary<string, string?> { ["KUBECONFIG"] = copy, ["HOME"] = _sandbox.Folder, ["TMPDIR"] = _sandbox.Folder, ["LC_ALL"] = "C" };
    }

    private string Namespace => _kubectl.Tag;

    /// <summary>Plays the steps; a failed one does not end the session.</summary>
    public async Task<IReadOnlyList<StepOutcome>> PlayAsync(IEnumerable<SessionStep> steps)
    {
        await RunAsync("config", "set-context", "--current", $"--namespace={Namespace}");
        await RunAsync("create", "namespace", Namespace);
        await RunAsync("create", "namespace", $"{Namespace}b");
        var outcomes = new List<StepOutcome>();
        foreach (var step in steps)
        {
            await WaitForTurnAsync(step);
            outcomes.Add(await PlayAsync(step));
        }

        return outcomes;
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    private async Task RunAsync(params string[] arguments) =>
        (await ProcessRunner.RunAsync(_kubectl.Path, arguments, new ProcessOptions { Environment = _environment })).EnsureSuccess();

    private static async Task WaitForTurnAsync(SessionStep step)
    {
        if (step.IsLater)
        {
            var before = Second();
            await Eventually.True(() => Second() > before, $"{step.Source}: the next second");
        }
    }

    private static long Second() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private Task<StepOutcome> PlayAsync(SessionStep step) => step.Action switch
    {
        SessionAction.Start => StartAsync(step),
        SessionAction.Finish => FinishAsync(step),
        _ => RunAsync(step),
    };

    private async Task<StepOutcome> RunAsync(SessionStep step)
    {
        var options = new ProcessOptions
        {
            Environment = EnvironmentOf(step),
            WorkingDirectory = _sandbox.Folder,
            Input = step.Manifest is { } name ? Replace(SessionScript.Manifest(name)) : null,
            Timeout = Patience,
        };
        try
        {
            var result = await ProcessRunner.RunAsync(_kubectl.Path, step.Arguments.Select(Replace), options);
            return new StepOutcome(step, result.ExitCode, Normalize(Filter(step, result.Output)), Normalize(result.Error));
        }
        catch (TimeoutException e)
        {
            return new StepOutcome(step, NoExit, "", $"{e.Message}\n");
        }
    }

    private async Task<StepOutcome> StartAsync(SessionStep step)
    {
        _background = _sandbox.Start($"step-{Guid.NewGuid():N}", _kubectl.Path, step.Arguments.Select(Replace), EnvironmentOf(step));
        return await WaitForLinesAsync(step);
    }

    private async Task<StepOutcome> FinishAsync(SessionStep step)
    {
        var outcome = await WaitForLinesAsync(step);
        await _background!.DisposeAsync();
        return outcome;
    }

    private async Task<StepOutcome> WaitForLinesAsync(SessionStep step)
    {
        var log = _background!;
        var lines = "";
        try
        {
            await Eventually.True(
                () => (lines = log.TailLog()).Count(static c => c == '\n') >= step.Lines,
                $"{step.Source}: printed {step.Lines} lines",
                TimeSpan.FromSeconds(20));
            return new StepOutcome(step, 0, Normalize(lines), "");
        }
        catch (AssertionException)
        {
            return new StepOutcome(step, NoExit, Normalize(lines), $"no {step.Lines} lines within 20 s\n");
        }
    }

    private Dictionary<string, string?> EnvironmentOf(SessionStep step)
    {
        var environment = new Dictionary<string, string?>(_environment);
        foreach (var (name, value) in step.Environment)
        {
            environment[name] = value;
        }

        return environment;
    }

    private string Replace(string text) =>
        text.Replace("${NS}", Namespace, StringComparison.Ordinal).Replace("$NS", Namespace, StringComparison.Ordinal);

    private static string Normalize(string text) => Normalization.Apply(text);

    private static string Filter(SessionStep step, string output) =>
        step.Filter is { } filter ? string.Concat(output.Split('\n').Where(line => line.Contains(filter, StringComparison.Ordinal)).Select(static line => line + "\n")) : output;
}
