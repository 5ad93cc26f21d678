using KubeFed.e2e.Federations;

namespace KubeFed.e2e;

/// <summary>Ends the shared federation after the last test of the assembly.</summary>
[SetUpFixture]
public sealed class SharedFederationFixture
{
    [OneTimeTearDown]
    public Task DisposeFederation() => SharedFederation.DisposeAsync();
}
