using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeFed.KubeClient.Configuration;

namespace KubeFed.KubeClient.Transport;

/// <summary>
/// Decides whether a server's certificate is trusted: signed by one of the authorities (any certificate among them may end the
/// chain, a root or not), within its dates, made for servers, and carrying the name as a subject alternative name.
/// </summary>
internal sealed class ServerCertificateVerifier(CertificateAuthorities authorities, DisabledTlsValidations disabled, string host)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string SubjectAlternativeName = "2.5.29.17";

    /// <summary>Accepts, or throws why not: the thrown reason reaches the caller, a plain <c>false</c> would not.</summary>
    public bool Verify(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (disabled == DisabledTlsValidations.All)
        {
            return true;
        }

        if (certificate is not X509Certificate2 leaf)
        {
            throw new CertificateRejectedException("the server shows no certificate");
        }

        var reason = ChainProblem(leaf, chain) ?? NameProblem(leaf);
        return reason is null ? true : throw new CertificateRejectedException(reason);
    }

    private static bool IsAmong(X509Certificate2 certificate, X509Certificate2Collection? trusted) =>
        trusted?.Any(t => t.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span)) ?? false;

    private static string Date(DateTime date) => date.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Names(X509Certificate2 leaf)
    {
        try
        {
            var names = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
            string[] all = names is null
                ? []
                : [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(a => a.ToString())];
            return all.Length == 0 ? "no name" : string.Join(", ", all.Take(20));
        }
        catch (CryptographicException)
        {
            return "names that cannot be read";
        }
    }

    private string? NameProblem(X509Certificate2 leaf)
    {
        if (disabled.HasFlag(DisabledTlsValidations.SubjectName))
        {
            return null;
        }

        var hasNames = leaf.Extensions[SubjectAlternativeName] is not null;
        return hasNames && leaf.MatchesHostname(host, allowWildcards: true, allowCommonName: false)
            ? null
            : $"it is valid for {Names(leaf)}, not for {host}";
    }

    private string? ChainProblem(X509Certificate2 leaf, X509Chain? received)
    {
        var trusted = authorities.Current;
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (trusted is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(trusted);
        }

        if (received is not null)
        {
            policy.ExtraStore.AddRange(received.ChainPolicy.ExtraStore);
        }

        var isBuilt = chain.Build(leaf);
        var elements = chain.ChainElements.Select(e => (e.Certificate, e.ChainElementStatus)).ToArray();
        var found = ChainFindings.Collect(isBuilt, elements, chain.ChainStatus);
        var problem = found is null
            ? "no chain of certificates could be built from it"
            : found.Select(f => Problem(f.Certificate, f.Status, chain, trusted)).FirstOrDefault(p => p is not null);
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return problem;
    }

    private string? Problem(X509Certificate2 certificate, X509ChainStatus status, X509Chain chain, X509Certificate2Collection? trusted)
    {
        switch (status.Status)
        {
            case X509ChainStatusFlags.NoError:
            case X509ChainStatusFlags.NotTimeValid when disabled.HasFlag(DisabledTlsValidations.ValidityPeriod):
                return null;
            case X509ChainStatusFlags.NotTimeValid:
                return $"\"{certificate.Subject}\" is valid from {Date(certificate.NotBefore)} until {Date(certificate.NotAfter)} only";
            case X509ChainStatusFlags.PartialChain or X509ChainStatusFlags.UntrustedRoot:
                return disabled.HasFlag(DisabledTlsValidations.Authority) || IsAmong(chain.ChainElements[^1].Certificate, trusted)
                    ? null
                    : $"it is signed by \"{chain.ChainElements[^1].Certificate.Issuer}\", which is not among the " +
                      (trusted is null ? "system's authorities" : "authorities of the configuration");
            case X509ChainStatusFlags.NotValidForUsage:
                return $"\"{certificate.Subject}\" is not made for servers";
            default:
                return $"\"{certificate.Subject}\": {status.StatusInformation.Trim()}";
        }
    }
}
