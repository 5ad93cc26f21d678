using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiServerRuntime.Reviews;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Authentication;

/// <summary>
/// Asks the host's API server whose a token is (TokenReview). Answers, yes or no, are remembered for ten seconds under a digest of the token;
/// failures are not, and concurrent requests with one token share one question.
/// </summary>
public sealed class TokenReviewAuthenticator : ITokenAuthenticator
{
    private const int MaxRemembered = 4096;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
    private static readonly GroupVersionResource Resource = new("authentication.k8s.io", "v1", "tokenreviews");

    private readonly ReviewCache<string, AuthenticationOutcome> _cache;
    private readonly ReviewClient _reviews;
    private readonly DigestKey _digest = new();
    private readonly IReadOnlyList<string> _audiences;

    /// <summary>Creates the authenticator.</summary>
    /// <param name="host">The host's API.</param>
    /// <param name="audiences">Whom the tokens must be for; empty for the host's own API server.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of questions that are asked again.</param>
    public TokenReviewAuthenticator(IResourceWriter host, IReadOnlyList<string> audiences, TimeProvider time, ILogger logger)
    {
        _audiences = audiences;
        _cache = new ReviewCache<string, AuthenticationOutcome>(MaxRemembered, static _ => Lifetime, time);
        _reviews = new ReviewClient(host, Resource, "TokenReview", time, reason => AuthenticationLog.ReviewFailed(logger, reason));
    }

    /// <inheritdoc/>
    public ValueTask<AuthenticationOutcome> AuthenticateAsync(string token, CancellationToken cancellationToken) =>
        _cache.GetAsync(_digest.Of(token), _ => AskAsync(token), cancellationToken);

    private static UserInfo UserOf(JsonObject user)
    {
        var extra = (user["extra"] as JsonObject ?? []).ToDictionary(entry => entry.Key, entry => Strings(entry.Value), StringComparer.Ordinal);
        return new UserInfo
        {
            Name = (string?)user["username"] ?? string.Empty,
            Uid = (string?)user["uid"] ?? string.Empty,
            Groups = Strings(user["groups"]),
            Extra = extra,
        };
    }

    private static IReadOnlyList<string> Strings(JsonNode? list) =>
        list is JsonArray items ? [.. items.Select(static item => (string?)item).OfType<string>()] : [];

    private async Task<AuthenticationOutcome> AskAsync(string token)
    {
        var spec = new JsonObject { ["token"] = token };
        if (_audiences.Count > 0)
        {
            spec["audiences"] = new JsonArray([.. _audiences.Select(static audience => JsonValue.Create(audience))]);
        }

        var status = await _reviews.ReviewAsync(spec, CancellationToken.None);
        if (status["authenticated"] is JsonValue value && value.TryGetValue(out bool yes) && yes && status["user"] is JsonObject user)
        {
            return IsForUs(status["audiences"])
                ? AuthenticationOutcome.Success(UserOf(user))
                : AuthenticationOutcome.Refused("the bearer token is for another audience");
        }

        return AuthenticationOutcome.Refused("the host's API server refuses the bearer token");
    }

    private bool IsForUs(JsonNode? audiences) =>
        _audiences.Count == 0 || Strings(audiences).Intersect(_audiences, StringComparer.Ordinal).Any();
}
