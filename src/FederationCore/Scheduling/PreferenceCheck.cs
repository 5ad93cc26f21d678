using KubeFed.ApiMachinery.Validation;

namespace KubeFed.FederationCore.Scheduling;

/// <summary>
/// Checks the numbers of a preference by themselves, without knowing the clusters: for admission, which refuses the errors and shows the
/// warnings, and for the controller, which plans as well as it can all the same.
/// </summary>
public sealed class PreferenceCheck
{
    private readonly FieldErrorList _errors = new();
    private readonly List<string> _warnings = [];

    private PreferenceCheck()
    {
    }

    /// <summary>Negative numbers, and minimums above their maximums; the total first, then the clusters by name.</summary>
    public FieldErrorList Errors => _errors;

    /// <summary>
    /// What is contradictory only if the clusters that are named exist, one sentence each: minimums that add up to more than the total, and
    /// maximums, or weights of zero, that leave some of it without a place.
    /// </summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Checks.</summary>
    /// <param name="total">Replicas in all clusters together.</param>
    /// <param name="preferences">Preferences by cluster name or <see cref="PlanRequest.AnyCluster"/>.</param>
    /// <param name="spec">The field that holds <c>totalReplicas</c> and <c>clusters</c>.</param>
    public static PreferenceCheck Of(long total, IReadOnlyDictionary<string, ReplicaPreference> preferences, FieldPath spec)
    {
        var check = new PreferenceCheck();
        check.NotNegative(total, spec.Child("totalReplicas"));
        var clusters = spec.Child("clusters");
        foreach (var (name, preference) in preferences.OrderBy(static p => p.Key, StringComparer.Ordinal))
        {
            check.CheckOne(preference, clusters.Key(name));
        }

        if (check._errors.Count == 0)
        {
            check.CheckSums(total, preferences, clusters);
        }

        return check;
    }

    private void CheckOne(ReplicaPreference preference, FieldPath path)
    {
        NotNegative(preference.Weight, path.Child("weight"));
        NotNegative(preference.MinReplicas, path.Child("minReplicas"));
        if (preference.MaxReplicas is not { } most)
        {
            return;
        }

        NotNegative(most, path.Child("maxReplicas"));
        if (most >= 0 && preference.MinReplicas > most)
        {
            _errors.Add(FieldError.Invalid(path.Child("minReplicas"), preference.MinReplicas, $"must not be more than maxReplicas ({most})"));
        }
    }

    private void NotNegative(long value, FieldPath path)
    {
        if (value < 0)
        {
            _errors.Add(FieldError.Invalid(path, value, "must be greater than or equal to 0"));
        }
    }

    private void CheckSums(long total, IReadOnlyDictionary<string, ReplicaPreference> preferences, FieldPath clusters)
    {
        Int128 minimums = 0, maximums = 0;
        foreach (var (name, preference) in preferences)
        {
            minimums += name == PlanRequest.AnyCluster ? 0 : preference.MinReplicas;
            maximums += preference.MaxReplicas ?? long.MaxValue;
        }

        if (minimums > total)
        {
            _warnings.Add($"{clusters}: minReplicas add up to {minimums}, more than totalReplicas ({total})");
        }

        if (preferences.Count > 0 && !preferences.ContainsKey(PlanRequest.AnyCluster) && maximums < total)
        {
            _warnings.Add($"{clusters}: maxReplicas add up to {maximums}, less than totalReplicas ({total})");
        }
        else if (preferences.Count > 0 && minimums < total && preferences.Values.All(static p => p is { Weight: 0, MinReplicas: 0 }))
        {
            _warnings.Add($"{clusters}: every weight is 0, so nothing is shared out");
        }
    }
}
