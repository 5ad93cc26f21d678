namespace KubeFed.KubeClient.Certificates;

/// <summary>
/// The authorities and the serving certificate of a server, as they are kept between steps. Immutable. To be stored as one object, so that replicas that
/// write at the same time notice.
/// </summary>
public sealed record CertificateRotationState
{
    /// <summary>Nothing yet: the first step makes everything.</summary>
    public static CertificateRotationState Empty { get; } = new();

    /// <summary>The authority that signs; null at first.</summary>
    public PemKeyPair? Authority { get; init; }

    /// <summary>The authority that will sign next: in the bundle already, and not signing yet. Null when there is none.</summary>
    public PemKeyPair? Next { get; init; }

    /// <summary>When it was confirmed that clients are given a bundle with <see cref="Next"/> in it; null before.</summary>
    public DateTimeOffset? NextPublished { get; init; }

    /// <summary>The serving certificate; null at first.</summary>
    public PemKeyPair? Leaf { get; init; }

    /// <summary>The authorities before, while certificates of theirs may be in use.</summary>
    public IReadOnlyList<RetiredAuthority> Retired { get; init; } = [];

    /// <summary>What clients must be given to trust: the authorities that sign, will sign, and did sign.</summary>
    public string Bundle => string.Concat(
        new[] { Authority?.CertificatePem, Next?.CertificatePem }.Concat(Retired.Select(static retired => retired.CertificatePem)).OfType<string>());

    /// <summary>The text form shows no keys.</summary>
    public override string ToString() => $"{nameof(CertificateRotationState)} (next: {Next is not null}, published: {NextPublished:O}, retired: {Retired.Count})";
}
