namespace KubeFed.FederationApis;

/// <summary>Annotations on federated objects.</summary>
public static class FederationAnnotations
{
    /// <summary><c>"true"</c>: deleting the federated object leaves the members' objects behind, without the managed label.</summary>
    public const string Orphan = "kubefed.io/orphan";

    /// <summary>JSON DeleteOptions for deletions in members: gracePeriodSeconds, propagationPolicy and preconditions count.</summary>
    public const string DeleteOption = "kubefed.io/deleteoption";
}
