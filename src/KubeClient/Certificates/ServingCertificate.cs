using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace KubeFed.KubeClient.Certificates;

/// <summary>
/// The certificate that a server shows, replaceable while it runs: new connections get the newest, those that exist go on. Safe for
/// concurrent use.
/// </summary>
public sealed class ServingCertificate
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly (string Certificate, string Key)? _files;
    private SslStreamCertificateContext _current;
    private PemKeyPair _pair;
    private long _checkedAt;

    /// <summary>Serves a certificate that <see cref="Replace"/> replaces.</summary>
    /// <exception cref="CryptographicException">It cannot be used.</exception>
    public ServingCertificate(PemKeyPair pair, TimeProvider time, ILogger logger)
        : this(pair, files: null, time, logger)
    {
    }

    private ServingCertificate(PemKeyPair pair, (string Certificate, string Key)? files, TimeProvider time, ILogger logger)
    {
        _time = time;
        _logger = logger;
        _files = files;
        _pair = pair;
        _current = ContextOf(pair);
        _checkedAt = time.GetTimestamp();
    }

    /// <summary>What a connection made now is shown. Files are looked at again at most every ten seconds.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            lock (_gate)
            {
                if (_files is { } files && _time.GetElapsedTime(_checkedAt) >= CheckEvery)
                {
                    _checkedAt = _time.GetTimestamp();
                    Reread(files);
                }

                return _current;
            }
        }
    }

    /// <summary>Serves the certificate of two PEM files, and what replaces them; while they do not fit together the last good one is served on.</summary>
    /// <exception cref="CryptographicException">They do not hold a certificate and its key.</exception>
    /// <exception cref="IOException">They cannot be read.</exception>
    public static ServingCertificate FromFiles(string certificateFile, string keyFile, TimeProvider time, ILogger logger) =>
        new(Read((certificateFile, keyFile)), (certificateFile, keyFile), time, logger);

    /// <summary>Serves another certificate from now on. One that cannot be used is logged, and the present one served on.</summary>
    public void Replace(PemKeyPair pair)
    {
        lock (_gate)
        {
            if (pair == _pair)
            {
                return;
            }

            try
            {
                _current = ContextOf(pair);
                _pair = pair;
                CertificateLog.Replaced(_logger, _current.TargetCertificate.Subject, _current.TargetCertificate.NotAfter.ToUniversalTime());
            }
            catch (CryptographicException e)
            {
                CertificateLog.Unusable(_logger, e.Message);
            }
        }
    }

    private static PemKeyPair Read((string Certificate, string Key) files) =>
        new(File.ReadAllText(files.Certificate), File.ReadAllText(files.Key));

    private static SslStreamCertificateContext ContextOf(PemKeyPair pair)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(pair.CertificatePem);
        if (all.Count == 0)
        {
            throw new CryptographicException("there is no certificate in PEM form in it");
        }

        all.RemoveAt(0);
        return SslStreamCertificateContext.Create(pair.Load(), all, offline: true);
    }

    private void Reread((string Certificate, string Key) files)
    {
        try
        {
            Replace(Read(files));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            CertificateLog.Unusable(_logger, e.Message);
        }
    }
}
