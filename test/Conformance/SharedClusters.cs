using KubeFed.TestSupport.Clusters;

namespace KubeFed.Conformance;

/// <summary>Removes the clusters that the suites share.</summary>
[SetUpFixture]
public sealed class SharedClusters : ClusterPoolFixture;
