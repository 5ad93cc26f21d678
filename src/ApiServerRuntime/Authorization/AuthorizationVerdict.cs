namespace KubeFed.ApiServerRuntime.Authorization;

/// <summary>Whether something is allowed.</summary>
public enum AuthorizationVerdict
{
    /// <summary>Somebody else should say.</summary>
    NoOpinion,

    /// <summary>It is.</summary>
    Allow,

    /// <summary>It is not, whatever others say.</summary>
    Deny,
}
