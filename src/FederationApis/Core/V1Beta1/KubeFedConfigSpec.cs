namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>The control plane's configuration. Everything but the scope has a default.</summary>
public sealed record KubeFedConfigSpec
{
    /// <summary>A spec with nothing set; not valid, for want of a scope.</summary>
    public static KubeFedConfigSpec Empty { get; } = new();

    /// <summary>One of <see cref="ResourceScopes"/>: whole clusters, or one namespace. Required, never changed.</summary>
    public string Scope { get; init => field = value ?? ""; } = "";

    /// <summary>Delays after a cluster comes or goes.</summary>
    public DurationConfig? ControllerDuration { get; init; }

    /// <summary>Leader election.</summary>
    public LeaderElectConfig? LeaderElect { get; init; }

    /// <summary>Feature gates, sorted by name once defaulted.</summary>
    public IReadOnlyList<FeatureGateConfig>? FeatureGates { get; init; }

    /// <summary>Health probes of members.</summary>
    public ClusterHealthCheckConfig? ClusterHealthCheck { get; init; }

    /// <summary>Propagation.</summary>
    public SyncControllerConfig? SyncController { get; init; }

    /// <summary>Status collection.</summary>
    public StatusControllerConfig? StatusController { get; init; }

    /// <summary>This spec with every absent value replaced by its default; values that are set stay, valid or not.</summary>
    public KubeFedConfigSpec WithDefaults() => this with
    {
        ControllerDuration = (ControllerDuration ?? new()).WithDefaults(),
        LeaderElect = (LeaderElect ?? new()).WithDefaults(),
        FeatureGates = FederationFeatureGates.WithDefaults(FeatureGates),
        ClusterHealthCheck = (ClusterHealthCheck ?? new()).WithDefaults(),
        SyncController = (SyncController ?? new()).WithDefaults(),
        StatusController = (StatusController ?? new()).WithDefaults(),
    };

    /// <summary>Whether a feature is on: what the spec says, else the feature's default; false for a name nobody knows.</summary>
    public bool IsFeatureEnabled(string name) =>
        FeatureGates?.FirstOrDefault(g => g.Name == name) is { } gate
            ? gate.Configuration == FeatureMode.Enabled
            : FederationFeatureGates.Defaults.TryGetValue(name, out var on) && on;
}
