using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>Checks the metadata of objects with the API server's rules and messages.</summary>
public static class ObjectMetaValidator
{
    private static readonly FieldPath Root = FieldPath.Root("metadata");

    /// <summary>Checks the metadata of an object to be created: after the server filled in its part, and before a name is made of generateName.</summary>
    /// <param name="meta">The metadata.</param>
    /// <param name="scope">Whether the type lives in namespaces.</param>
    /// <param name="nameRule">The rule for names, see <see cref="NameRules"/>; null for <see cref="NameRules.DnsSubdomain"/>.</param>
    public static FieldErrorList ValidateCreate(ObjectMeta meta, ResourceScope scope, Func<string, bool, IReadOnlyList<string>>? nameRule = null)
    {
        var errors = new FieldErrorList();
        Validate(meta, scope, nameRule ?? NameRules.DnsSubdomain, Root, errors);
        return errors;
    }

    /// <summary>
    /// Checks the metadata of an object that replaces another: what <see cref="ValidateCreate"/> checks, but of the name only that it can stand
    /// in a path, and what may not change.
    /// </summary>
    /// <param name="meta">The metadata, in which the server has restored its part.</param>
    /// <param name="old">The stored metadata.</param>
    /// <param name="scope">Whether the type lives in namespaces.</param>
    public static FieldErrorList ValidateUpdate(ObjectMeta meta, ObjectMeta old, ResourceScope scope)
    {
        FieldErrorList errors = ValidateCreate(meta, scope, NameRules.PathSegment);
        NoNewFinalizers(meta, old, errors);
        if (string.IsNullOrEmpty(meta.ResourceVersion))
        {
            errors.Add(FieldError.Invalid(Root.Child("resourceVersion"), string.Empty, "must be specified for an update"));
        }

        if (meta.Generation < old.Generation)
        {
            errors.Add(FieldError.Invalid(Root.Child("generation"), meta.Generation, "must not be decremented"));
        }

        Immutable("name", meta.Name, old.Name, errors);
        Immutable("namespace", meta.Namespace, old.Namespace, errors);
        Immutable("uid", meta.Uid ?? string.Empty, old.Uid ?? string.Empty, errors);
        Immutable("creationTimestamp", Time(meta.CreationTimestamp), Time(old.CreationTimestamp), errors);
        Immutable("deletionTimestamp", Time(meta.DeletionTimestamp), Time(old.DeletionTimestamp), errors);
        if (meta.DeletionGracePeriodSeconds != old.DeletionGracePeriodSeconds)
        {
            FieldValue shown = meta.DeletionGracePeriodSeconds is { } seconds ? seconds : FieldValue.From((System.Text.Json.Nodes.JsonNode?)null);
            errors.Add(FieldError.Invalid(Root.Child("deletionGracePeriodSeconds"), shown, "field is immutable"));
        }

        return errors;
    }

    internal static void Validate(
        ObjectMeta meta, ResourceScope scope, Func<string, bool, IReadOnlyList<string>> nameRule, FieldPath at, FieldErrorList errors)
    {
        Names(meta, scope, nameRule, at, errors);
        if (meta.Generation < 0)
        {
            errors.Add(FieldError.Invalid(at.Child("generation"), meta.Generation, "must be greater than or equal to 0"));
        }

        if (meta.Labels.Count > 0)
        {
            errors.AddRange(NameValidation.ValidateLabels(meta.Labels, at.Child("labels")));
        }

        if (meta.Annotations.Count > 0)
        {
            errors.AddRange(NameValidation.ValidateAnnotations(meta.Annotations, at.Child("annotations")));
        }

        if (meta.OwnerReferences.Count > 0)
        {
            OwnerReferenceRules.Validate(meta.OwnerReferences, at.Child("ownerReferences"), errors);
        }

        Finalizers(meta, at, errors);
    }

    private static void Names(
        ObjectMeta meta, ResourceScope scope, Func<string, bool, IReadOnlyList<string>> nameRule, FieldPath at, FieldErrorList errors)
    {
        if (!string.IsNullOrEmpty(meta.GenerateName))
        {
            AddReasons(nameRule(meta.GenerateName, true), at, "generateName", meta.GenerateName, errors);
        }

        if (meta.Name.Length > 0)
        {
            AddReasons(nameRule(meta.Name, false), at, "name", meta.Name, errors);
        }
        else
        {
            errors.Add(FieldError.Required(at.Child("name"), "name or generateName is required"));
        }

        if (scope == ResourceScope.Namespaced && meta.Namespace.Length > 0)
        {
            AddReasons(NameValidation.IsDns1123Label(meta.Namespace), at, "namespace", meta.Namespace, errors);
        }
        else if (scope == ResourceScope.Namespaced)
        {
            errors.Add(FieldError.Required(at.Child("namespace")));
        }
        else if (meta.Namespace.Length > 0)
        {
            errors.Add(FieldError.Forbidden(at.Child("namespace"), "not allowed on this type"));
        }
    }

    private static void AddReasons(IReadOnlyList<string> reasons, FieldPath at, string field, string value, FieldErrorList errors)
    {
        for (int i = 0; i < reasons.Count; i++)
        {
            errors.Add(FieldError.Invalid(at.Child(field), value, reasons[i]));
        }
    }

    private static void Finalizers(ObjectMeta meta, FieldPath at, FieldErrorList errors)
    {
        bool orphans = false, waits = false;
        foreach (string finalizer in meta.Finalizers)
        {
            AddReasons(NameValidation.IsQualifiedName(finalizer), at, "finalizers", finalizer, errors);
            orphans |= finalizer == "orphan";
            waits |= finalizer == "foregroundDeletion";
        }

        if (orphans && waits)
        {
            errors.Add(FieldError.Invalid(
                at.Child("finalizers"),
                FieldValue.From(meta.Finalizers),
                "finalizer orphan and foregroundDeletion cannot be both set"));
        }
    }

    private static void NoNewFinalizers(ObjectMeta meta, ObjectMeta old, FieldErrorList errors)
    {
        if (!old.IsDeleting || meta.Finalizers.Count == 0)
        {
            return;
        }

        string[] added = [.. meta.Finalizers.Except(old.Finalizers, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (added.Length > 0)
        {
            string list = string.Join(", ", added.Select(GoQuote.Quote));
            errors.Add(FieldError.Forbidden(
                Root.Child("finalizers"),
                $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{list}}}"));
        }
    }

    private static void Immutable(string field, string? value, string? old, FieldErrorList errors)
    {
        if (value != old)
        {
            FieldValue shown = value is null ? FieldValue.From((System.Text.Json.Nodes.JsonNode?)null) : value;
            errors.Add(FieldError.Invalid(Root.Child(field), shown, "field is immutable"));
        }
    }

    private static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
