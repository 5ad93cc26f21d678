using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Reviews;

/// <summary>Answers who may do what, by asking an authorizer.</summary>
public sealed class AccessReviewHandler : ReviewHandler
{
    private static readonly FieldPath Spec = FieldPath.Root("spec");

    private readonly IAuthorizer _authorizer;

    private AccessReviewHandler(ResourceType type, IAuthorizer authorizer)
        : base(type) => _authorizer = authorizer;

    private bool AsksForSelf => ReferenceEquals(Type, ReviewTypes.SelfSubjectAccessReview);

    private bool IsLocal => ReferenceEquals(Type, ReviewTypes.LocalSubjectAccessReview);

    /// <summary>Answers SelfSubjectAccessReviews (<c>kubectl auth can-i</c>).</summary>
    public static AccessReviewHandler Self(IAuthorizer authorizer) => new(ReviewTypes.SelfSubjectAccessReview, authorizer);

    /// <summary>Answers SubjectAccessReviews.</summary>
    public static AccessReviewHandler Any(IAuthorizer authorizer) => new(ReviewTypes.SubjectAccessReview, authorizer);

    /// <summary>Answers LocalSubjectAccessReviews.</summary>
    public static AccessReviewHandler Local(IAuthorizer authorizer) => new(ReviewTypes.LocalSubjectAccessReview, authorizer);

    private protected override async ValueTask<JsonObject> AnswerAsync(
        ResourceContext context, JsonObject review, JsonObject spec, CancellationToken cancellationToken)
    {
        Check(context, spec);
        var attributes = AttributesOf(AsksForSelf ? context.User : UserOf(spec), spec);
        var decision = await _authorizer.AuthorizeAsync(attributes, cancellationToken);
        var status = new JsonObject { ["allowed"] = decision.Verdict == AuthorizationVerdict.Allow };
        if (decision.Verdict == AuthorizationVerdict.Deny)
        {
            status["denied"] = true;
        }

        Tree.SetText(status, "reason", decision.Reason);
        return status;
    }

    private static UserInfo UserOf(JsonObject spec) => new()
    {
        Name = Tree.Text(spec, "user"),
        Uid = Tree.Text(spec, "uid"),
        Groups = JsonStrings.Read(spec["groups"]),
        Extra = JsonStrings.ReadMap(spec["extra"]),
    };

    private static AuthorizationAttributes AttributesOf(UserInfo user, JsonObject spec)
    {
        if (spec["nonResourceAttributes"] is JsonObject path)
        {
            return new AuthorizationAttributes { User = user, IsResourceRequest = false, Verb = Tree.Text(path, "verb"), Path = Tree.Text(path, "path") };
        }

        var resource = (JsonObject)spec["resourceAttributes"]!;
        return new AuthorizationAttributes
        {
            User = user,
            IsResourceRequest = true,
            Verb = Tree.Text(resource, "verb"),
            Group = Tree.Text(resource, "group"),
            Version = Tree.Text(resource, "version"),
            Resource = Tree.Text(resource, "resource"),
            Subresource = Tree.Text(resource, "subresource"),
            Namespace = Tree.Text(resource, "namespace"),
            Name = Tree.Text(resource, "name"),
        };
    }

    private void Check(ResourceContext context, JsonObject spec)
    {
        var errors = new FieldErrorList();
        var (resource, path) = (spec["resourceAttributes"] as JsonObject, spec["nonResourceAttributes"] as JsonObject);
        if (resource is not null && path is not null)
        {
            errors.Add(FieldError.Invalid(Spec.Child("nonResourceAttributes"), FieldValue.From(path), "cannot be specified in combination with resourceAttributes"));
        }

        if (resource is null && path is null)
        {
            errors.Add(FieldError.Invalid(
                Spec.Child("resourceAttributes"), FieldValue.From((JsonNode?)null), "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        }

        if (!AsksForSelf && Tree.Text(spec, "user").Length == 0 && JsonStrings.Read(spec["groups"]).Count == 0)
        {
            errors.Add(FieldError.Invalid(Spec.Child("user"), Tree.Text(spec, "user"), "at least one of user or group must be specified"));
        }

        if (IsLocal && path is not null)
        {
            errors.Add(FieldError.Invalid(Spec.Child("nonResourceAttributes"), FieldValue.From(path), "disallowed on this kind of request"));
        }

        if (errors.Count > 0)
        {
            throw StatusErrors.Invalid(Type.GroupKind, string.Empty, errors.ToCauses());
        }

        if (IsLocal && Tree.Text(resource!, "namespace") != context.Namespace)
        {
            throw StatusErrors.BadRequest($"spec.resourceAttributes.namespace must match namespace: {context.Namespace}");
        }
    }
}
