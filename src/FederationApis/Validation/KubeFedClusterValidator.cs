using KubeFed.ApiMachinery.Validation;
using KubeFed.FederationApis.Core.V1Beta1;

namespace KubeFed.FederationApis.Validation;

/// <summary>The rules of KubeFedClusters, for the command line and for admission.</summary>
public static class KubeFedClusterValidator
{
    private static readonly string[] ConditionKinds = [ClusterConditionTypes.Ready, ClusterConditionTypes.Offline, ClusterConditionTypes.Authorized];
    private static readonly string[] Statuses = [ConditionStatus.True, ConditionStatus.False, ConditionStatus.Unknown];
    private static readonly string[] ProxySchemes = ["http", "https", "socks5"];

    /// <summary>Everything that is wrong with the spec; empty when nothing is.</summary>
    public static FieldErrorList Validate(KubeFedCluster cluster)
    {
        var errors = new FieldErrorList();
        var spec = FieldPath.Root("spec");
        ValidateEndpoint(errors, cluster.Spec.ApiEndpoint, spec.Child("apiEndpoint"));
        ValidateSecret(errors, cluster.Spec.SecretRef.Name, spec.Child("secretRef").Child("name"));
        ValidateTls(errors, cluster.Spec.DisabledTlsValidations ?? [], spec.Child("disabledTLSValidations"));
        ValidateProxy(errors, cluster.Spec.ProxyUrl, spec.Child("proxyURL"));
        return errors;
    }

    /// <summary>Everything that is wrong with the status; empty when nothing is. Only conditions have rules.</summary>
    public static FieldErrorList ValidateStatus(KubeFedCluster cluster)
    {
        var errors = new FieldErrorList();
        var path = FieldPath.Root("status").Child("conditions");
        var conditions = cluster.Status?.Conditions ?? [];
        for (var i = 0; i < conditions.Count; i++)
        {
            var at = path.Index(i);
            Rules.OneOf(errors, conditions[i].Type, at.Child("type"), ConditionKinds);
            Rules.OneOf(errors, conditions[i].Status, at.Child("status"), Statuses);
            if (conditions[i].LastProbeTime is null)
            {
                errors.Add(FieldError.Required(at.Child("lastProbeTime")));
            }
        }

        return errors;
    }

    private static void ValidateEndpoint(FieldErrorList errors, string endpoint, FieldPath path)
    {
        if (endpoint.Length == 0)
        {
            errors.Add(FieldError.Required(path, "the address of the cluster's API server"));
        }
        else if (ApiEndpointRules.FindFault(endpoint) is { } fault)
        {
            errors.Add(FieldError.Invalid(path, endpoint, fault));
        }
    }

    private static void ValidateSecret(FieldErrorList errors, string name, FieldPath path)
    {
        if (name.Length == 0)
        {
            errors.Add(FieldError.Required(path, "the Secret that holds the cluster's token"));
            return;
        }

        errors.AddRange(NameValidation.IsDns1123Subdomain(name).Select(reason => FieldError.Invalid(path, name, reason)));
    }

    private static void ValidateTls(FieldErrorList errors, IReadOnlyList<string> validations, FieldPath path)
    {
        for (var i = 0; i < validations.Count; i++)
        {
            Rules.OneOf(errors, validations[i], path.Index(i), TlsValidations.Known);
            if (validations[i] == TlsValidations.All && validations.Count > 1)
            {
                errors.Add(FieldError.Invalid(path.Index(i), TlsValidations.All, "must be alone: it stands for all"));
            }
        }
    }

    private static void ValidateProxy(FieldErrorList errors, string? proxy, FieldPath path)
    {
        if (string.IsNullOrEmpty(proxy))
        {
            return;
        }

        if (!Uri.TryCreate(proxy, UriKind.Absolute, out var uri) || !ProxySchemes.Contains(uri.Scheme) || uri.Host.Length == 0)
        {
            errors.Add(FieldError.Invalid(path, proxy, "must be an http, https or socks5 URL with a host"));
        }
    }
}
