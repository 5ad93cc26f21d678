using System.Runtime.CompilerServices;
using KubeFed.EmbeddedClusters;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.Conformance;

/// <summary>Lets <c>KUBEFED_PROVIDER=embedded</c> run these tests on clusters inside of their process.</summary>
internal static class EmbeddedProvider
{
    [ModuleInitializer]
    internal static void Add() => ClusterProviders.Add(new EmbeddedClusterProvider());
}
