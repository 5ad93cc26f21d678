using KubeFed.KubeClient.Certificates;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Standalone.Installation;

/// <summary>
/// Certificates that the server makes for itself on its first start and keeps in a folder that only its user can read, or in memory: an
/// authority for ten years and a serving certificate for one, made anew when less than a third of its life is left.
/// </summary>
public sealed class OwnCertificates
{
    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(3650);
    private static readonly TimeSpan LeafLifetime = TimeSpan.FromDays(365);

    private readonly string? _folder;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private OwnCertificates(string? folder, PemKeyPair authority, TimeProvider time, ILogger logger)
    {
        _folder = folder;
        Authority = authority;
        _time = time;
        _logger = logger;
    }

    /// <summary>The authority.</summary>
    public PemKeyPair Authority { get; }

    /// <summary>Takes the authority of a folder, or makes it.</summary>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    public static OwnCertificates Open(string folder, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(time);
        PrivateFile.CreateFolder(folder);
        var authority = Load(folder, "ca") ?? Save(folder, "ca", NewAuthority(time));
        return new OwnCertificates(folder, authority, time, logger);
    }

    /// <summary>Makes an authority that is gone with the process.</summary>
    public static OwnCertificates InMemory(TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new OwnCertificates(null, NewAuthority(time), time, logger);
    }

    /// <summary>The serving certificate for some hosts, kept from the last start where it still fits.</summary>
    public ServingCertificate Serving(IReadOnlyList<string> hosts)
    {
        var pair = Load(_folder, "apiserver");
        if (pair is null || !Fits(pair, hosts))
        {
            pair = Save(_folder, "apiserver", CertificateMaker.IssueServer(Authority, hosts, _time.GetUtcNow(), LeafLifetime));
        }

        return new ServingCertificate(pair, _time, _logger);
    }

    /// <summary>A certificate by which a client is a user.</summary>
    public PemKeyPair IssueClient(string user, params IEnumerable<string> groups) =>
        CertificateMaker.IssueClient(Authority, user, groups, _time.GetUtcNow(), LeafLifetime);

    private static PemKeyPair NewAuthority(TimeProvider time) =>
        CertificateMaker.MakeAuthority($"kubefed-ca@{time.GetUtcNow().ToUnixTimeSeconds()}", time.GetUtcNow(), AuthorityLifetime);

    private static PemKeyPair? Load(string? folder, string name)
    {
        if (folder is null)
        {
            return null;
        }

        var certificate = Path.Combine(folder, $"{name}.crt");
        var key = Path.Combine(folder, $"{name}.key");
        return File.Exists(certificate) && File.Exists(key) ? new PemKeyPair(File.ReadAllText(certificate), File.ReadAllText(key)) : null;
    }

    private static PemKeyPair Save(string? folder, string name, PemKeyPair pair)
    {
        if (folder is null)
        {
            return pair;
        }

        PrivateFile.Write(Path.Combine(folder, $"{name}.key"), pair.KeyPem);
        PrivateFile.Write(Path.Combine(folder, $"{name}.crt"), pair.CertificatePem);
        return pair;
    }

    private bool Fits(PemKeyPair pair, IReadOnlyList<string> hosts)
    {
        using var certificate = pair.Load();
        return certificate.NotAfter.ToUniversalTime() - _time.GetUtcNow().UtcDateTime > LeafLifetime / 3
            && hosts.All(host => certificate.MatchesHostname(host));
    }
}
