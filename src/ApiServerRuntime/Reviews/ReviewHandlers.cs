using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization;

namespace KubeFed.ApiServerRuntime.Reviews;

/// <summary>The reviews that a server of its own answers.</summary>
public static class ReviewHandlers
{
    /// <summary>Handlers of all <see cref="ReviewTypes.All"/>.</summary>
    /// <param name="authorizer">Who may do what.</param>
    /// <param name="rules">Lists what somebody may do.</param>
    /// <param name="tokens">Whose a token is.</param>
    /// <param name="audiences">Whom tokens are for that this server takes.</param>
    /// <param name="time">The clock.</param>
    public static IReadOnlyList<ReviewHandler> All(
        IAuthorizer authorizer, IRuleResolver rules, IReadOnlyList<ITokenAuthenticator> tokens, IReadOnlyList<string> audiences, TimeProvider time) =>
    [
        AccessReviewHandler.Self(authorizer),
        AccessReviewHandler.Any(authorizer),
        AccessReviewHandler.Local(authorizer),
        new SelfSubjectRulesReviewHandler(rules),
        new TokenReviewHandler(tokens, audiences),
        new SelfSubjectReviewHandler(time),
    ];
}
