using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Reviews;

/// <summary>Answers whose a bearer token is.</summary>
/// <param name="tokens">Asked in order; the first that knows or refuses decides. One that is no <see cref="IAudienceTokenAuthenticator"/> speaks for the server's own audiences.</param>
/// <param name="audiences">Whom tokens are for that this server takes.</param>
public sealed class TokenReviewHandler(IReadOnlyList<ITokenAuthenticator> tokens, IReadOnlyList<string> audiences) : ReviewHandler(ReviewTypes.TokenReview)
{
    private const string Authenticated = "system:authenticated";

    private protected override async ValueTask<JsonObject> AnswerAsync(
        ResourceContext context, JsonObject review, JsonObject spec, CancellationToken cancellationToken)
    {
        var token = Tree.Text(spec, "token");
        if (token.Length == 0)
        {
            throw StatusErrors.BadRequest("token is required for TokenReview in authentication");
        }

        var wanted = JsonStrings.Read(spec["audiences"]) is { Count: > 0 } asked ? asked : audiences;
        foreach (var authenticator in tokens)
        {
            var (outcome, heard) = await AskAsync(authenticator, token, wanted, cancellationToken);
            if (outcome.User is { } user)
            {
                return heard.Count > 0 || wanted.Count == 0 ? Yes(user, heard) : No("the token is for another audience");
            }

            if (outcome.Refusal is { } refusal)
            {
                return No(refusal);
            }
        }

        return No("invalid bearer token");
    }

    private static JsonObject Yes(UserInfo user, IReadOnlyList<string> heard)
    {
        var known = user.Groups.Contains(Authenticated, StringComparer.Ordinal) ? user : user with { Groups = [.. user.Groups, Authenticated] };
        return new JsonObject { ["authenticated"] = true, ["user"] = UserNode.Of(known), ["audiences"] = JsonStrings.Write(heard) };
    }

    private static JsonObject No(string why) => new() { ["user"] = new JsonObject(), ["error"] = why };

    private async ValueTask<(AuthenticationOutcome Outcome, IReadOnlyList<string> Audiences)> AskAsync(
        ITokenAuthenticator authenticator, string token, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        if (authenticator is IAudienceTokenAuthenticator choosy)
        {
            return await choosy.AuthenticateAsync(token, wanted, cancellationToken);
        }

        return (await authenticator.AuthenticateAsync(token, cancellationToken), [.. wanted.Intersect(audiences, StringComparer.Ordinal)]);
    }
}
