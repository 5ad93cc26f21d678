using System.Security.Cryptography.X509Certificates;

namespace KubeFed.KubeClient.Certificates;

/// <summary>
/// Renews a serving certificate and its authority so that no client ever meets a certificate that it does not trust yet:
/// <list type="number">
/// <item>when a third of the authority's life is left, the next one is made and added to the bundle</item>
/// <item>when the bundle was confirmed as published (<see cref="Published"/>) and a stated time has passed, the next one signs the certificate</item>
/// <item>the former one stays in the bundle until the last certificate that it signed has ended</item>
/// </list>
/// It decides and makes keys; storing, publishing and serving are others'. Safe for concurrent use.
/// </summary>
public sealed class CertificateRotation
{
    private readonly CertificateRotationOptions _options;

    /// <summary>Creates the rotation.</summary>
    /// <exception cref="ArgumentException">The times do not fit: the overlap must be less than a third of an authority's life.</exception>
    public CertificateRotation(CertificateRotationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Hosts.Count == 0 || options.LeafLifetime <= TimeSpan.Zero || options.Overlap < TimeSpan.Zero || options.Overlap * 3 >= options.AuthorityLifetime)
        {
            throw new ArgumentException("a certificate needs a host, a life, and an overlap of less than a third of its authority's life", nameof(options));
        }

        _options = options;
    }

    /// <summary>Notes that clients are given a bundle. Call it when what was published has been read back.</summary>
    /// <param name="state">The state.</param>
    /// <param name="bundle">What clients are given, in PEM.</param>
    /// <param name="now">The time.</param>
    /// <returns>The state to store; the same object when nothing changed.</returns>
    public static CertificateRotationState Published(CertificateRotationState state, string bundle, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(bundle);
        if (state.Next is not { } next)
        {
            return state;
        }

        var isThere = Fingerprints(bundle).IsSupersetOf(Fingerprints(next.CertificatePem));
        return isThere == state.NextPublished.HasValue ? state : state with { NextPublished = isThere ? now : null };
    }

    /// <summary>Does what is due.</summary>
    public CertificateRotationStep Step(CertificateRotationState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        var next = Leaf(Promoted(Prepared(Begun(Pruned(state, now), now), now), now), now);
        return new CertificateRotationStep(next, NextStep(next, now));
    }

    private static (DateTimeOffset Begins, DateTimeOffset Ends) LifeOf(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return (new DateTimeOffset(certificate.NotBefore.ToUniversalTime()), new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
    }

    // A third of its life before its end.
    private static DateTimeOffset RenewalOf(string pem)
    {
        var (begins, ends) = LifeOf(pem);
        return ends - ((ends - begins) / 3);
    }

    private static HashSet<string> Fingerprints(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        var prints = certificates.Select(static certificate => certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256)).ToHashSet();
        foreach (var certificate in certificates)
        {
            certificate.Dispose();
        }

        return prints;
    }

    private static CertificateRotationState Pruned(CertificateRotationState state, DateTimeOffset now) =>
        state.Retired.All(retired => now < retired.Until) ? state : state with { Retired = [.. state.Retired.Where(retired => now < retired.Until)] };

    private CertificateRotationState Begun(CertificateRotationState state, DateTimeOffset now) =>
        state.Authority is null ? state with { Authority = MakeAuthority(now) } : state;

    private CertificateRotationState Prepared(CertificateRotationState state, DateTimeOffset now) =>
        state.Next is null && now >= RenewalOf(state.Authority!.CertificatePem) ? state with { Next = MakeAuthority(now), NextPublished = null } : state;

    private CertificateRotationState Promoted(CertificateRotationState state, DateTimeOffset now)
    {
        if (state.Next is null || (now < PromotionOf(state) && now < LifeOf(state.Authority!.CertificatePem).Ends))
        {
            return state;
        }

        var until = state.Leaf is { } leaf ? LifeOf(leaf.CertificatePem).Ends : now;
        return state with
        {
            Authority = state.Next,
            Next = null,
            NextPublished = null,
            Leaf = null,
            Retired = until > now ? [.. state.Retired, new RetiredAuthority(state.Authority!.CertificatePem, until)] : state.Retired,
        };
    }

    private CertificateRotationState Leaf(CertificateRotationState state, DateTimeOffset now) =>
        state.Leaf is { } leaf && now < RenewalOf(leaf.CertificatePem) && IsForTheHosts(leaf)
            ? state
            : state with { Leaf = CertificateMaker.IssueServer(state.Authority!, _options.Hosts, now, _options.LeafLifetime) };

    private bool IsForTheHosts(PemKeyPair leaf)
    {
        using var certificate = X509Certificate2.CreateFromPem(leaf.CertificatePem);
        return _options.Hosts.All(host => certificate.MatchesHostname(host, allowWildcards: false, allowCommonName: false));
    }

    // When the next authority may sign: never before it was seen to be published.
    private DateTimeOffset PromotionOf(CertificateRotationState state) => state.NextPublished is { } published ? published + _options.Overlap : DateTimeOffset.MaxValue;

    private DateTimeOffset NextStep(CertificateRotationState state, DateTimeOffset now)
    {
        var authority = state.Next is null
            ? RenewalOf(state.Authority!.CertificatePem)
            : Earlier(PromotionOf(state), LifeOf(state.Authority!.CertificatePem).Ends);
        var next = state.Retired.Select(static retired => retired.Until).Append(authority).Append(RenewalOf(state.Leaf!.CertificatePem)).Min();

        // A leaf that its authority's end cuts short may be due for ever; there is no use in renewing it more often than this.
        return next <= now ? now + TimeSpan.FromMinutes(1) : next;
    }

    private PemKeyPair MakeAuthority(DateTimeOffset now) => CertificateMaker.MakeAuthority(
        $"{_options.AuthorityName}@{now.ToUnixTimeSeconds()}", now, _options.AuthorityLifetime);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
