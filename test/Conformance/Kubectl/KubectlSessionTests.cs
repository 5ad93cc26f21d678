using System.Collections.Concurrent;
using KubeFed.Conformance.Servers;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.Conformance.Kubectl;

/// <summary>
/// Old and new kubectls play one session against our servers and against a kube-apiserver that serves the same types from their
/// definitions: the outputs and exit codes must be the same, step by step.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class KubectlSessionTests
{
    private readonly ConcurrentDictionary<string, Func<Task<IReadOnlyList<StepOutcome>>>> _expected = new();
    private Func<Task<ClusterSet>> _reference = null!;
    private Func<Task<StandaloneServer>> _standalone = null!;
    private Func<Task<AggregatedServer>> _aggregated = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _reference = Once(SessionServers.CreateReferenceAsync);
        _standalone = Once(StartStandaloneAsync);
        _aggregated = Once(StartAggregatedAsync);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await DisposeAsync(_standalone());
        await DisposeAsync(_aggregated());
        await DisposeAsync(_reference());
    }

    [Test]
    public async Task Session_OnTheReference_EndsAsWritten([ValueSource(nameof(Versions))] string version)
    {
        var outcomes = await ExpectedAsync(version);
        SessionTranscript.Attach($"reference-{version}", outcomes);
        var wrong = outcomes.Where(static outcome => !outcome.IsAsWritten).ToList();
        Assert.That(wrong, Is.Empty, string.Join("\n\n", wrong.Select(static outcome => $"{outcome.Step.Source}\n{outcome}")));
    }

    [Test]
    public async Task Session_OnTheStandaloneServer_PrintsWhatTheReferenceDoes([ValueSource(nameof(Versions))] string version)
    {
        var server = await _standalone();
        await CompareAsync("standalone", version, server.KubeconfigPath, server.WriteLogsAsync);
    }

    [Test]
    public async Task Session_OnTheAggregatedServer_PrintsWhatTheReferenceDoes([ValueSource(nameof(Versions))] string version)
    {
        var server = await _aggregated();
        await CompareAsync("aggregated", version, server.KubeconfigPath, server.WriteLogsAsync);
    }

    private static IEnumerable<string> Versions => KubectlVersion.All.Select(static kubectl => kubectl.Version.ToString());

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

    private async Task CompareAsync(string name, string version, string kubeconfig, Func<TextWriter, Task> writeLogs)
    {
        var expected = ExpectedAsync(version);
        var actual = await PlayAsync(version, kubeconfig);
        SessionTranscript.Attach($"{name}-{version}", actual);
        var differences = SessionDifferences.Describe(await expected, actual);
        if (differences.Count > 0)
        {
            await writeLogs(TestContext.Out);
            Assert.Fail($"{differences.Count} of {actual.Count} steps differ\n\n{string.Join("\n\n", differences)}");
        }
    }

    private static async Task<IReadOnlyList<StepOutcome>> PlayAsync(string version, string kubeconfig)
    {
        await using var session = new KubectlSession(KubectlVersion.All.Single(kubectl => kubectl.Version.ToString() == version), kubeconfig);
        return await session.PlayAsync(SessionScript.Load());
    }

    private Task<IReadOnlyList<StepOutcome>> ExpectedAsync(string version) => _expected.GetOrAdd(
        version, static (key, reference) => Once(async () => await PlayAsync(key, (await reference()).Host.KubeconfigPath)), _reference)();

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
