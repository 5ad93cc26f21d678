using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeFed.KubeClient.Configuration;

namespace KubeFed.KubeClient.Transport;

/// <summary>The authorities to trust: from data, or from a file that is read anew when its date or length changed.</summary>
internal sealed class CertificateAuthorities
{
    private readonly Lock _gate = new();
    private readonly string? _file;
    private (DateTime Written, long Length) _stamp;
    private X509Certificate2Collection? _certificates;

    public CertificateAuthorities(KubeClientConfig config)
    {
        if (!config.CertificateAuthorityData.IsEmpty)
        {
            _certificates = Parse(config.CertificateAuthorityData.Span, "certificate-authority-data");
        }
        else if (config.CertificateAuthorityFile is { } file)
        {
            _file = file;
            Load(file);
        }
    }

    /// <summary>The certificates, or null where the system's authorities are to be trusted.</summary>
    public X509Certificate2Collection? Current
    {
        get
        {
            lock (_gate)
            {
                if (_file is not null && File.Exists(_file) && Stamp(_file) != _stamp)
                {
                    Load(_file);
                }

                return _certificates;
            }
        }
    }

    private static (DateTime Written, long Length) Stamp(string file)
    {
        var info = new FileInfo(file);
        return (info.LastWriteTimeUtc, info.Exists ? info.Length : 0);
    }

    private static X509Certificate2Collection Parse(ReadOnlySpan<byte> pem, string origin)
    {
        var result = new X509Certificate2Collection();
        try
        {
            result.ImportFromPem(Encoding.UTF8.GetString(pem));
        }
        catch (CryptographicException e)
        {
            throw new KubeConfigException($"{origin}: a certificate in it cannot be read: {e.Message}", e);
        }

        return result.Count > 0 ? result : throw new KubeConfigException($"{origin}: there is no certificate in PEM form in it");
    }

    private void Load(string file)
    {
        var stamp = Stamp(file);
        try
        {
            _certificates = Parse(SmallFile.ReadBytes(file), file);
            _stamp = stamp;
        }
        catch (KubeConfigException) when (_certificates is not null)
        {
            // Half-written: the last good ones count until the next connection looks again.
            _stamp = default;
        }
    }
}
