using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Authorization.Rbac;

/// <summary>What makes a role or binding well-formed beyond its schema: the API groups of references are filled in, 422 for what makes no sense.</summary>
public sealed class RbacObjectRules : IAdmissionPlugin
{
    /// <inheritdoc/>
    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (IsBinding(request) && request.Object is { } root)
        {
            FillIn(root["roleRef"] as JsonObject, RbacNames.Group);
            foreach (var subject in Subjects(root))
            {
                FillIn(subject, Tree.Text(subject, "kind") is RbacNames.UserSubject or RbacNames.GroupSubject ? RbacNames.Group : null);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Context.Type.Group != RbacNames.Group || request.Object is not { } root)
        {
            return ValueTask.CompletedTask;
        }

        var errors = new FieldErrorList();
        if (IsBinding(request))
        {
            CheckBinding(request, root, errors);
        }
        else
        {
            CheckRules(root, request.Context.Type.Kind == RbacNames.Role, errors);
        }

        return errors.Count == 0
            ? ValueTask.CompletedTask
            : throw StatusErrors.Invalid(request.Context.Type.GroupKind, Tree.Text(Tree.Metadata(root), "name"), errors.ToCauses());
    }

    private static bool IsBinding(AdmissionRequest request) =>
        request.Context.Type is { Group: RbacNames.Group, Kind: RbacNames.ClusterRoleBinding or RbacNames.RoleBinding };

    private static IEnumerable<JsonObject> Subjects(JsonObject root) => (root["subjects"] as JsonArray ?? []).OfType<JsonObject>();

    private static void FillIn(JsonObject? reference, string? group)
    {
        if (group is not null && reference is not null && Tree.Text(reference, "apiGroup").Length == 0)
        {
            reference["apiGroup"] = group;
        }
    }

    private static void CheckRules(JsonObject root, bool namespaced, FieldErrorList errors)
    {
        var rules = RbacRule.ReadAll(root["rules"]);
        for (var i = 0; i < rules.Count; i++)
        {
            CheckRule(rules[i], FieldPath.Root("rules").Index(i), namespaced, errors);
        }
    }

    private static void CheckRule(RbacRule rule, FieldPath at, bool namespaced, FieldErrorList errors)
    {
        if (rule.Verbs.Count == 0)
        {
            errors.Add(FieldError.Required(at.Child("verbs"), "verbs must contain at least one value"));
        }

        if (rule.NonResourceUrls.Count > 0)
        {
            CheckUrls(rule, at.Child("nonResourceURLs"), namespaced, errors);
            return;
        }

        if (rule.ApiGroups.Count == 0)
        {
            errors.Add(FieldError.Required(at.Child("apiGroups"), "resource rules must supply at least one api group"));
        }

        if (rule.Resources.Count == 0)
        {
            errors.Add(FieldError.Required(at.Child("resources"), "resource rules must supply at least one resource"));
        }
    }

    private static void CheckUrls(RbacRule rule, FieldPath at, bool namespaced, FieldErrorList errors)
    {
        var value = FieldValue.From(rule.NonResourceUrls);
        if (namespaced)
        {
            errors.Add(FieldError.Invalid(at, value, "namespaced rules cannot apply to non-resource URLs"));
        }

        if (rule.ApiGroups.Count + rule.Resources.Count + rule.ResourceNames.Count > 0)
        {
            errors.Add(FieldError.Invalid(at, value, "rules cannot apply to both regular resources and non-resource URLs"));
        }
    }

    private static void CheckBinding(AdmissionRequest request, JsonObject root, FieldErrorList errors)
    {
        var namespaced = request.Context.Type.Kind == RbacNames.RoleBinding;
        var reference = root["roleRef"] as JsonObject ?? [];
        var at = FieldPath.Root("roleRef");
        if (Tree.Text(reference, "apiGroup") is var group && group != RbacNames.Group)
        {
            errors.Add(FieldError.NotSupported(at.Child("apiGroup"), group, RbacNames.Group));
        }

        if (Tree.Text(reference, "kind") is var kind && kind != RbacNames.ClusterRole && !(namespaced && kind == RbacNames.Role))
        {
            errors.Add(FieldError.NotSupported(at.Child("kind"), kind, namespaced ? new[] { RbacNames.Role, RbacNames.ClusterRole } : [RbacNames.ClusterRole]));
        }

        if (Tree.Text(reference, "name").Length == 0)
        {
            errors.Add(FieldError.Required(at.Child("name")));
        }

        if (request.OldObject?.GetNode("roleRef") is { } before && !JsonNode.DeepEquals(before, reference))
        {
            errors.Add(FieldError.Invalid(at, FieldValue.From(reference), "cannot change roleRef"));
        }

        var index = 0;
        foreach (var subject in Subjects(root))
        {
            CheckSubject(subject, FieldPath.Root("subjects").Index(index++), namespaced, errors);
        }
    }

    private static void CheckSubject(JsonObject subject, FieldPath at, bool namespaced, FieldErrorList errors)
    {
        if (Tree.Text(subject, "name").Length == 0)
        {
            errors.Add(FieldError.Required(at.Child("name")));
        }

        var kind = Tree.Text(subject, "kind");
        var wanted = kind == RbacNames.ServiceAccountSubject ? string.Empty : RbacNames.Group;
        if (kind is not (RbacNames.ServiceAccountSubject or RbacNames.UserSubject or RbacNames.GroupSubject))
        {
            errors.Add(FieldError.NotSupported(at.Child("kind"), kind, RbacNames.ServiceAccountSubject, RbacNames.UserSubject, RbacNames.GroupSubject));
        }
        else if (Tree.Text(subject, "apiGroup") is var group && group != wanted)
        {
            errors.Add(FieldError.NotSupported(at.Child("apiGroup"), group, wanted));
        }

        if (kind == RbacNames.ServiceAccountSubject && !namespaced && Tree.Text(subject, "namespace").Length == 0)
        {
            errors.Add(FieldError.Required(at.Child("namespace")));
        }
    }
}
