using System.Security.Cryptography.X509Certificates;

namespace KubeFed.ApiServerRuntime.Authentication;

/// <summary>Who a certificate is for.</summary>
internal static class CertificateSubject
{
    private const string CommonNameOid = "2.5.4.3";
    private const string OrganizationOid = "2.5.4.10";

    /// <summary>The last common name, which Kubernetes takes for the user name; empty without one.</summary>
    public static string CommonName(X509Certificate2 certificate) => Values(certificate, CommonNameOid).LastOrDefault() ?? string.Empty;

    /// <summary>The organizations, which Kubernetes takes for the groups.</summary>
    public static IReadOnlyList<string> Organizations(X509Certificate2 certificate) => [.. Values(certificate, OrganizationOid)];

    private static IEnumerable<string> Values(X509Certificate2 certificate, string oid) =>
        certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false)
            .Where(name => !name.HasMultipleElements && name.GetSingleElementType().Value == oid)
            .Select(static name => name.GetSingleElementValue())
            .OfType<string>();
}
