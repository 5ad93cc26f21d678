namespace KubeFed.KubeClient.Certificates;

/// <summary>How long certificates live. Each is replaced when a third of its life is left.</summary>
public sealed record CertificateRotationOptions
{
    /// <summary>The names and addresses that the serving certificate is for; the first is its common name.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>What the names of authorities begin with; the time they are made follows.</summary>
    /// <value>Default <c>kubefed-ca</c>.</value>
    public string AuthorityName { get; init; } = "kubefed-ca";

    /// <summary>How long an authority lives.</summary>
    /// <value>Default a year.</value>
    public TimeSpan AuthorityLifetime { get; init; } = TimeSpan.FromDays(365);

    /// <summary>How long a serving certificate lives.</summary>
    /// <value>Default 90 days.</value>
    public TimeSpan LeafLifetime { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long clients must have been given the next authority before it signs.</summary>
    /// <value>Default an hour.</value>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromHours(1);
}
