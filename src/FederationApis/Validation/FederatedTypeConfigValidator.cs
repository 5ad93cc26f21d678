using KubeFed.ApiMachinery.Validation;
using KubeFed.FederationApis.Core.V1Beta1;

namespace KubeFed.FederationApis.Validation;

/// <summary>The rules of FederatedTypeConfigs, for the command line and for admission.</summary>
public static class FederatedTypeConfigValidator
{
    private static readonly string[] Modes = [FeatureMode.Enabled, FeatureMode.Disabled];
    private static readonly string[] Scopes = [ResourceScopes.Cluster, ResourceScopes.Namespaced];
    private static readonly string[] Statuses = [ControllerStatus.Running, ControllerStatus.NotRunning];

    /// <summary>Everything that is wrong with name and spec; empty when nothing is.</summary>
    public static FieldErrorList Validate(FederatedTypeConfig config)
    {
        var errors = new FieldErrorList();
        var path = FieldPath.Root("spec");
        var name = config.Spec.TargetType.ToConfigName();
        if (config.Metadata.Name != name)
        {
            errors.Add(FieldError.Invalid(FieldPath.Root("metadata").Child("name"), config.Metadata.Name, $"must be \"{name}\", after the target type"));
        }

        ValidateResource(errors, config.Spec.TargetType, path.Child("targetType"), groupRequired: false);
        ValidateResource(errors, config.Spec.FederatedType, path.Child("federatedType"), groupRequired: true);
        Rules.OneOf(errors, config.Spec.Propagation, path.Child("propagation"), Modes);
        if (config.Spec.StatusType is { } status)
        {
            ValidateResource(errors, status, path.Child("statusType"), groupRequired: true);
        }

        if (config.Spec.StatusCollection is { } collection)
        {
            Rules.OneOf(errors, collection, path.Child("statusCollection"), Modes);
        }

        return errors;
    }

    /// <summary>Everything that is wrong with the status; empty when nothing is.</summary>
    public static FieldErrorList ValidateStatus(FederatedTypeConfig config)
    {
        var errors = new FieldErrorList();
        var path = FieldPath.Root("status");
        if (config.Status is not { } status)
        {
            return errors;
        }

        if (status.ObservedGeneration < 0)
        {
            errors.Add(FieldError.Invalid(path.Child("observedGeneration"), status.ObservedGeneration, "must be greater than or equal to 0"));
        }

        Rules.OneOf(errors, status.PropagationController, path.Child("propagationController"), Statuses);
        if (status.StatusController is { } controller)
        {
            Rules.OneOf(errors, controller, path.Child("statusController"), Statuses);
        }

        return errors;
    }

    private static void ValidateResource(FieldErrorList errors, ApiResource resource, FieldPath path, bool groupRequired)
    {
        ValidateGroup(errors, resource.Group ?? "", path.Child("group"), groupRequired);
        ValidateLabel(errors, resource.Version, resource.Version, path.Child("version"));
        ValidateLabel(errors, resource.Kind, resource.Kind.ToLowerInvariant(), path.Child("kind"));
        ValidateLabel(errors, resource.PluralName, resource.PluralName, path.Child("pluralName"));
        Rules.OneOf(errors, resource.Scope, path.Child("scope"), Scopes);
    }

    private static void ValidateGroup(FieldErrorList errors, string group, FieldPath path, bool required)
    {
        if (group.Length == 0)
        {
            if (required)
            {
                errors.Add(FieldError.Required(path));
            }

            return;
        }

        errors.AddRange(NameValidation.IsDns1123Subdomain(group).Select(reason => FieldError.Invalid(path, group, reason)));
        if (required && !group.Contains('.', StringComparison.Ordinal))
        {
            errors.Add(FieldError.Invalid(path, group, "must have at least one dot"));
        }
    }

    private static void ValidateLabel(FieldErrorList errors, string value, string label, FieldPath path)
    {
        if (value.Length == 0)
        {
            errors.Add(FieldError.Required(path));
            return;
        }

        errors.AddRange(NameValidation.IsDns1035Label(label).Select(reason => FieldError.Invalid(path, value, reason)));
    }
}
