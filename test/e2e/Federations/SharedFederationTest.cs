using KubeFed.e2e.Installations;

namespace KubeFed.e2e.Federations;

/// <summary>A test class that works in the shared federation of each installation.</summary>
/// <param name="installation">How its control plane is installed, by name: test classes are public, and the type is not.</param>
[TestFixture(nameof(Installation.CustomResources))]
[TestFixture(nameof(Installation.Aggregated))]
[Parallelizable(ParallelScope.All)]
public abstract class SharedFederationTest(string installation)
{
    private protected Federation Federation { get; private set; } = null!;

    private protected Installation Installation { get; } = Enum.Parse<Installation>(installation);

    [OneTimeSetUp]
    public async Task GetFederation() => Federation = await SharedFederation.GetAsync(Installation);

    [TearDown]
    public Task WriteLogs() => Federation.WriteLogsIfFailedAsync();
}
