namespace KubeFed.ApiServerRuntime.Authorization;

/// <summary>An authorizer's answer.</summary>
/// <param name="Verdict">Yes, no, or no opinion: then the next authorizer is asked, and nobody's opinion is no.</param>
/// <param name="Reason">Why, for people; may be empty.</param>
public readonly record struct AuthorizationDecision(AuthorizationVerdict Verdict, string Reason = "")
{
    /// <summary>Yes.</summary>
    public static AuthorizationDecision Allow => new(AuthorizationVerdict.Allow);

    /// <summary>No opinion.</summary>
    public static AuthorizationDecision NoOpinion => new(AuthorizationVerdict.NoOpinion);
}
