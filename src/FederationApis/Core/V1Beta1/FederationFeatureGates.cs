using System.Collections.Frozen;

namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>The features that can be switched.</summary>
public static class FederationFeatureGates
{
    /// <summary>Propagation of federated objects; beta, on.</summary>
    public const string PushReconciler = "PushReconciler";

    /// <summary>Replica scheduling; alpha, on.</summary>
    public const string SchedulerPreferences = "SchedulerPreferences";

    /// <summary>The members' own status in the federated object's; beta, off.</summary>
    public const string RawResourceStatusCollection = "RawResourceStatusCollection";

    /// <summary>Every known feature with its default.</summary>
    public static FrozenDictionary<string, bool> Defaults { get; } = new Dictionary<string, bool>(StringComparer.Ordinal)
    {
        [PushReconciler] = true,
        [SchedulerPreferences] = true,
        [RawResourceStatusCollection] = false,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The list with every known feature that it lacks appended, sorted by name; entries that are there stay.</summary>
    public static IReadOnlyList<FeatureGateConfig> WithDefaults(IReadOnlyList<FeatureGateConfig>? gates)
    {
        var given = gates ?? [];
        return given
            .Concat(Defaults
                .Where(d => given.All(g => g.Name != d.Key))
                .Select(d => new FeatureGateConfig { Name = d.Key, Configuration = d.Value ? FeatureMode.Enabled : FeatureMode.Disabled }))
            .OrderBy(g => g.Name, StringComparer.Ordinal)
            .ToArray();
    }
}
