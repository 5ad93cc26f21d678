using KubeFed.TestSupport.Clusters;

namespace KubeFed.FederationControllerManager.Tests;

/// <summary>Ends the clusters that the tests of this assembly share.</summary>
[SetUpFixture]
public sealed class SharedClusters : ClusterPoolFixture;
