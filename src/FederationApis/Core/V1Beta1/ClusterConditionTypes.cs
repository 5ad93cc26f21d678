namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>Types and reasons of <see cref="ClusterCondition"/>.</summary>
public static class ClusterConditionTypes
{
    /// <summary>The API server answers <c>/healthz</c> with ok. Absent while the cluster is offline.</summary>
    public const string Ready = "Ready";

    /// <summary>The API server cannot be reached, or answers with an error.</summary>
    public const string Offline = "Offline";

    /// <summary>False while the cluster denies the control plane rights that it wants; absent otherwise.</summary>
    public const string Authorized = "Authorized";

    /// <summary>Reason: the message names the rights that the cluster denies.</summary>
    public const string RightsMissing = "RightsMissing";

    /// <summary>Reason: <c>/healthz</c> responded with ok.</summary>
    public const string ClusterReady = "ClusterReady";

    /// <summary>Reason: <c>/healthz</c> responded without ok.</summary>
    public const string ClusterNotReady = "ClusterNotReady";

    /// <summary>Reason: the cluster answered.</summary>
    public const string ClusterReachable = "ClusterReachable";

    /// <summary>Reason: the cluster did not answer, or with an error.</summary>
    public const string ClusterNotReachable = "ClusterNotReachable";
}
