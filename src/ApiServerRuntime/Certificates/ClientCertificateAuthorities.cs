using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Certificates;

/// <summary>
/// The authorities whose client certificates count, replaceable while the server runs. A certificate counts when it is within its dates,
/// is meant for client authentication and leads to one of them; the system's own roots never count, and revocation is not checked, as in
/// Kubernetes. Safe for concurrent use.
/// </summary>
public sealed class ClientCertificateAuthorities(TimeProvider time, ILogger logger)
{
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private volatile Generation _current = new([], string.Empty);

    /// <summary>Whether no certificate can count.</summary>
    public bool IsEmpty => _current.Roots.Count == 0;

    /// <summary>Takes other authorities from now on, also for connections that exist. What cannot be read is logged and the present ones stay.</summary>
    /// <param name="pem">Certificates in PEM; empty for none.</param>
    public void Replace(string pem)
    {
        if (pem == _current.Pem)
        {
            return;
        }

        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(pem);
            if (roots.Count == 0 && !string.IsNullOrWhiteSpace(pem))
            {
                throw new CryptographicException("there is no certificate in PEM form in it");
            }

            _current = new Generation(roots, pem);
            CertificateLog.AuthoritiesReplaced(logger, roots.Count);
        }
        catch (CryptographicException e)
        {
            CertificateLog.AuthoritiesUnusable(logger, e.Message);
        }
    }

    /// <summary>Whether a certificate counts. The answer is remembered with the certificate, whose object lives as long as its connection.</summary>
    public bool Verify(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var generation = _current;
        var now = time.GetUtcNow().UtcDateTime;
        if (generation.Roots.Count == 0 || now < certificate.NotBefore.ToUniversalTime() || now > certificate.NotAfter.ToUniversalTime())
        {
            return false;
        }

        return generation.Verdicts.GetValue(certificate, key => new StrongBox<bool>(Build(key, generation.Roots, now))).Value;
    }

    private static bool Build(X509Certificate2 certificate, X509Certificate2Collection roots, DateTime now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(ClientAuthentication);
        chain.ChainPolicy.VerificationTime = now;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        return chain.Build(certificate);
    }

    private sealed record Generation(X509Certificate2Collection Roots, string Pem)
    {
        public ConditionalWeakTable<X509Certificate2, StrongBox<bool>> Verdicts { get; } = [];
    }
}
