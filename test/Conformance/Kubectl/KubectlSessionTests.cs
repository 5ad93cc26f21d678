using System.Collections.Concurrent;
using KubeFed.Conformance.Servers;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.Conformance.Kubectl;

/// <summary>
/// Old and new kubectls play one session against our servers and against a kube-apiserver that serves the same types from their
/// definitions: the outputs and exit codes must be the same, step by step. What the reference prints is <see cref="ReferenceRecording">recorded</see>.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class KubectlSessionTests
{
    private readonly ConcurrentDictionary<KubectlVersion, SharedTask<IReadOnlyList<StepOutcome>>> _expected = new();
    private readonly SharedTask<ClusterSet> _reference = new(SessionServers.CreateReferenceAsync);
    private Func<Task<StandaloneServer>> _standalone = null!;
    private Func<Task<AggregatedServer>> _aggregated = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _standalone = Once(StartStandaloneAsync);
        _aggregated = Once(StartAggregatedAsync);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await DisposeAsync(_standalone());
        await DisposeAsync(_aggregated());
        if (_reference.Begun is { } reference)
        {
            await DisposeAsync(reference);
        }
    }

    [Test]
    public async Task Session_OnTheReference_EndsAsWritten([ValueSource(nameof(Kubectls))] KubectlVersion kubectl)
    {
        var outcomes = await ExpectedAsync(kubectl);
        SessionTranscript.Attach($"reference-{kubectl.Version}", outcomes);
        var wrong = outcomes.Where(static outcome => !outcome.IsAsWritten).ToList();
        Assert.That(wrong, Is.Empty, string.Join("\n\n", wrong.Select(static outcome => $"{outcome.Step.Source}\n{outcome}")));
    }

    [Test]
    public async Task Session_OnTheStandaloneServer_PrintsWhatTheReferenceDoes([ValueSource(nameof(Kubectls))] KubectlVersion kubectl)
    {
        var server = await _standalone();
        await CompareAsync("standalone", kubectl, server.KubeconfigPath, server.WriteLogsAsync);
    }

    [Test]
    public async Task Session_OnTheAggregatedServer_PrintsWhatTheReferenceDoes([ValueSource(nameof(Kubectls))] KubectlVersion kubectl)
    {
        var server = await _aggregated();
        await CompareAsync("aggregated", kubectl, server.KubeconfigPath, server.WriteLogsAsync);
    }

    private static IEnumerable<KubectlVersion> Kubectls => KubectlVersion.All;

    private static async Task<StandaloneServer> StartStandaloneAsync()
    {
        var server = await StandaloneServer.StartAsync();
        await SessionServers.PrepareAsync(server.KubeconfigPath);
        return server;
    }

    private static async Task<AggregatedServer> StartAggregatedAsync()
    {
        var server = await AggregatedServer.StartAsync();
        await SessionServers.PrepareAsync(server.KubeconfigPath);
        return server;
    }

    private async Task CompareAsync(string name, KubectlVersion kubectl, string kubeconfig, Func<TextWriter, Task> writeLogs)
    {
        var expected = ExpectedAsync(kubectl);
        var actual = await PlayAsync(kubectl, kubeconfig);
        SessionTranscript.Attach($"{name}-{kubectl.Version}", actual);
        var differences = SessionDifferences.Describe(await expected, actual);
        if (differences.Count > 0)
        {
            await writeLogs(TestContext.Out);
            Assert.Fail($"{differences.Count} of {actual.Count} steps differ\n\n{string.Join("\n\n", differences)}");
        }
    }

    private static async Task<IReadOnlyList<StepOutcome>> PlayAsync(KubectlVersion kubectl, string kubeconfig)
    {
        await using var session = new KubectlSession(kubectl, kubeconfig);
        return await session.PlayAsync(SessionScript.Load(kubectl));
    }

    private Task<IReadOnlyList<StepOutcome>> ExpectedAsync(KubectlVersion kubectl) =>
        _expected.GetOrAdd(kubectl, key => new SharedTask<IReadOnlyList<StepOutcome>>(() => ExpectAsync(key))).GetAsync();

    private async Task<IReadOnlyList<StepOutcome>> ExpectAsync(KubectlVersion kubectl)
    {
        var recording = new ReferenceRecording(kubectl);
        if (recording.Find(SessionScript.Load(kubectl)) is { } recorded)
        {
            return recorded;
        }

        var played = await PlayAsync(kubectl, (await _reference.GetAsync()).Host.KubeconfigPath);
        recording.Update(played);
        return played;
    }

    private static async Task DisposeAsync<T>(Task<T> server)
        where T : IAsyncDisposable
    {
        await ((Task)server).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (server.IsCompletedSuccessfully)
        {
            await (await server).DisposeAsync();
        }
    }

    /// <summary>Begins at once, and gives everybody who asks the one result.</summary>
    private static Func<Task<T>> Once<T>(Func<Task<T>> make)
    {
        var made = Task.Run(make);
        return () => made;
    }
}
