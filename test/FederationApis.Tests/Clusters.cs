using KubeFed.TestSupport.Clusters;

/// <summary>Ends the clusters that the tests of this assembly share.</summary>
[SetUpFixture]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1050", Justification = "a set-up fixture outside of namespaces covers the assembly")]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "MA0047", Justification = "a set-up fixture outside of namespaces covers the assembly")]
public sealed class Clusters : ClusterPoolFixture;
