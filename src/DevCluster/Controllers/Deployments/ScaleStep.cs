namespace KubeFed.DevClusters.Controllers.Deployments;

/// <summary>How many pods a replica set is to ask for.</summary>
internal sealed record ScaleStep(ReplicaSet Set, int Replicas);
