namespace KubeFed.TestSupport.Clusters;

/// <summary>
/// Removes the shared clusters at the end of an assembly's run. The assembly declares a class outside of any namespace, marked
/// <c>[SetUpFixture]</c>, that inherits from this.
/// </summary>
public abstract class ClusterPoolFixture
{
    /// <summary>Called by the test runner.</summary>
    [OneTimeTearDown]
    public Task DisposeClusters() => ClusterPool.DisposeAllAsync();
}
