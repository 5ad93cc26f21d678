namespace KubeFed.e2e.Federations;

/// <summary>A test class that works in the shared federation.</summary>
[Parallelizable(ParallelScope.All)]
public abstract class SharedFederationTest
{
    private protected Federation Federation { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task GetFederation() => Federation = await SharedFederation.GetAsync();

    [TearDown]
    public Task WriteLogs() => Federation.WriteLogsIfFailedAsync();
}
