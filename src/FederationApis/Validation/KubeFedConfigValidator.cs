using KubeFed.ApiMachinery.Validation;
using KubeFed.FederationApis.Core.V1Beta1;

namespace KubeFed.FederationApis.Validation;

/// <summary>The rules of the control plane's configuration, for the processes that read it and for admission.</summary>
public static class KubeFedConfigValidator
{
    private static readonly string[] Modes = [FeatureMode.Enabled, FeatureMode.Disabled];
    private static readonly string[] Scopes = [ResourceScopes.Cluster, ResourceScopes.Namespaced];
    private static readonly string[] Placements = [DefaultPlacements.All, DefaultPlacements.None];

    /// <summary>
    /// Everything that is wrong with the spec; empty when nothing is. Absent values are required here: default first
    /// (<see cref="KubeFedConfigSpec.WithDefaults"/>).
    /// </summary>
    public static FieldErrorList Validate(KubeFedConfig config)
    {
        var errors = new FieldErrorList();
        var path = FieldPath.Root("spec");
        var spec = config.Spec;
        Rules.OneOf(errors, spec.Scope, path.Child("scope"), Scopes);
        ValidateDurations(errors, spec.ControllerDuration ?? new(), path.Child("controllerDuration"));
        ValidateElection(errors, spec.LeaderElect ?? new(), path.Child("leaderElect"));
        ValidateGates(errors, spec.FeatureGates ?? [], path.Child("featureGates"));
        ValidateHealth(errors, spec.ClusterHealthCheck ?? new(), path.Child("clusterHealthCheck"));
        ValidateSync(errors, spec.SyncController ?? new(), path.Child("syncController"));
        Rules.Positive(errors, spec.StatusController?.MaxConcurrentReconciles, path.Child("statusController").Child("maxConcurrentReconciles"));
        return errors;
    }

    /// <summary>What <see cref="Validate"/> finds, and a changed scope.</summary>
    public static FieldErrorList ValidateUpdate(KubeFedConfig config, KubeFedConfig old)
    {
        var errors = Validate(config);
        if (config.Spec.Scope != old.Spec.Scope)
        {
            errors.Add(FieldError.Invalid(FieldPath.Root("spec").Child("scope"), config.Spec.Scope, "field is immutable"));
        }

        return errors;
    }

    private static void ValidateDurations(FieldErrorList errors, DurationConfig durations, FieldPath path)
    {
        Rules.Positive(errors, durations.AvailableDelay, path.Child("availableDelay"));
        Rules.Positive(errors, durations.UnavailableDelay, path.Child("unavailableDelay"));
    }

    private static void ValidateElection(FieldErrorList errors, LeaderElectConfig election, FieldPath path)
    {
        Rules.Positive(errors, election.LeaseDuration, path.Child("leaseDuration"));
        Rules.Positive(errors, election.RenewDeadline, path.Child("renewDeadline"));
        Rules.Positive(errors, election.RetryPeriod, path.Child("retryPeriod"));
        Rules.OneOf(errors, election.ResourceLock ?? "", path.Child("resourceLock"), ResourceLocks.Known);
        if (election is { LeaseDuration: { } lease, RenewDeadline: { } deadline } && lease <= deadline)
        {
            errors.Add(FieldError.Invalid(
                path.Child("leaseDuration"), Serialization.GoDuration.Format(lease), "must be greater than renewDeadline"));
        }

        if (election is { RenewDeadline: { } renew, RetryPeriod: { } retry } && renew * 5 <= retry * 6)
        {
            errors.Add(FieldError.Invalid(
                path.Child("renewDeadline"), Serialization.GoDuration.Format(renew), "must be greater than 1.2 times retryPeriod"));
        }
    }

    private static void ValidateGates(FieldErrorList errors, IReadOnlyList<FeatureGateConfig> gates, FieldPath path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < gates.Count; i++)
        {
            var at = path.Index(i);
            Rules.OneOf(errors, gates[i].Name, at.Child("name"), FederationFeatureGates.Defaults.Keys.Order(StringComparer.Ordinal));
            Rules.OneOf(errors, gates[i].Configuration, at.Child("configuration"), Modes);
            if (!seen.Add(gates[i].Name))
            {
                errors.Add(FieldError.Duplicate(at.Child("name"), gates[i].Name));
            }
        }
    }

    private static void ValidateHealth(FieldErrorList errors, ClusterHealthCheckConfig health, FieldPath path)
    {
        Rules.Positive(errors, health.Period, path.Child("period"));
        Rules.Positive(errors, health.Timeout, path.Child("timeout"));
        Rules.Positive(errors, health.FailureThreshold, path.Child("failureThreshold"));
        Rules.Positive(errors, health.SuccessThreshold, path.Child("successThreshold"));
    }

    private static void ValidateSync(FieldErrorList errors, SyncControllerConfig sync, FieldPath path)
    {
        Rules.Positive(errors, sync.MaxConcurrentReconciles, path.Child("maxConcurrentReconciles"));
        Rules.OneOf(errors, sync.AdoptResources ?? "", path.Child("adoptResources"), Modes);
        Rules.OneOf(errors, sync.DefaultPlacement ?? "", path.Child("defaultPlacement"), Placements);
        Rules.Positive(errors, sync.UnreachableDeletionTimeout, path.Child("unreachableDeletionTimeout"));
    }
}
