namespace KubeFed.FederationControllerManager.Scheduling.Application;

/// <summary>What a federated object shall say of its replicas.</summary>
/// <param name="Placed">The clusters that hold the object.</param>
/// <param name="Values">The numbers to override, by cluster and path.</param>
internal sealed record Schedule(IReadOnlySet<string> Placed, IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Values);
