namespace KubeFed.FederationApis.Types.V1Beta1;

/// <summary>The propagation condition and its reasons.</summary>
public static class PropagationReasons
{
    /// <summary>The type of the one condition that federated objects have.</summary>
    public const string ConditionType = "Propagation";

    /// <summary>Everything is where it should be. Not written: the field is absent.</summary>
    public const string Success = "";

    /// <summary>The list of clusters could not be read.</summary>
    public const string ClusterRetrievalFailed = "ClusterRetrievalFailed";

    /// <summary>The placement is malformed.</summary>
    public const string ComputePlacementFailed = "ComputePlacementFailed";

    /// <summary>The object's namespace is not federated, so the object goes nowhere.</summary>
    public const string NamespaceNotFederated = "NamespaceNotFederated";

    /// <summary>At least one cluster is not in order: see <c>status.clusters</c>.</summary>
    public const string CheckClusters = "CheckClusters";
}
