using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiServerRuntime.Reviews;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Authorization;

/// <summary>
/// Asks the host's API server who may do what (SubjectAccessReview). Answers are remembered for ten seconds, at most 8,192 of them; failures are
/// not, and concurrent requests of the same attributes share one question.
/// </summary>
public sealed class SubjectAccessReviewAuthorizer : IAuthorizer
{
    private const int MaxRemembered = 8192;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
    private static readonly GroupVersionResource Resource = new("authorization.k8s.io", "v1", "subjectaccessreviews");

    private readonly ReviewCache<string, AuthorizationDecision> _cache;
    private readonly ReviewClient _reviews;

    /// <summary>Creates the authorizer.</summary>
    /// <param name="host">The host's API.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of questions that are asked again.</param>
    public SubjectAccessReviewAuthorizer(IResourceWriter host, TimeProvider time, ILogger logger)
    {
        _cache = new ReviewCache<string, AuthorizationDecision>(MaxRemembered, static _ => Lifetime, time);
        _reviews = new ReviewClient(host, Resource, "SubjectAccessReview", time, reason => AuthorizationLog.ReviewFailed(logger, reason));
    }

    /// <inheritdoc/>
    public ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationAttributes attributes, CancellationToken cancellationToken)
    {
        var spec = SpecOf(attributes);
        return _cache.GetAsync(spec.ToJsonString(), _ => AskAsync(spec), cancellationToken);
    }

    private static JsonObject SpecOf(AuthorizationAttributes attributes)
    {
        var spec = new JsonObject { ["user"] = attributes.User.Name, ["groups"] = Strings(attributes.User.Groups) };
        Set(spec, "uid", attributes.User.Uid);
        if (attributes.User.Extra.Count > 0)
        {
            spec["extra"] = new JsonObject(attributes.User.Extra.OrderBy(static entry => entry.Key, StringComparer.Ordinal)
                .Select(static entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, Strings(entry.Value))));
        }

        if (!attributes.IsResourceRequest)
        {
            spec["nonResourceAttributes"] = new JsonObject { ["path"] = attributes.Path, ["verb"] = attributes.Verb };
            return spec;
        }

        var resource = new JsonObject { ["verb"] = attributes.Verb };
        Set(resource, "group", attributes.Group);
        Set(resource, "version", attributes.Version);
        Set(resource, "resource", attributes.Resource);
        Set(resource, "subresource", attributes.Subresource);
        Set(resource, "namespace", attributes.Namespace);
        Set(resource, "name", attributes.Name);
        spec["resourceAttributes"] = resource;
        return spec;
    }

    private static void Set(JsonObject into, string name, string value)
    {
        if (value.Length > 0)
        {
            into[name] = value;
        }
    }

    private static JsonArray Strings(IReadOnlyList<string> values) => new([.. values.Select(static value => JsonValue.Create(value))]);

    private async Task<AuthorizationDecision> AskAsync(JsonObject spec)
    {
        var status = await _reviews.ReviewAsync((JsonObject)spec.DeepClone(), CancellationToken.None);
        var reason = (string?)status["reason"] ?? string.Empty;
        return IsTrue(status["allowed"]) ? new AuthorizationDecision(AuthorizationVerdict.Allow, reason)
            : IsTrue(status["denied"]) ? new AuthorizationDecision(AuthorizationVerdict.Deny, reason)
            : new AuthorizationDecision(AuthorizationVerdict.NoOpinion, reason);
    }

    private static bool IsTrue(JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool yes) && yes;
}
