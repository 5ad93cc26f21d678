using System.Security.Cryptography;
using KubeFed.KubeClient.Configuration;
using Microsoft.Extensions.Logging;

namespace KubeFed.KubeClient.Authentication;

/// <summary>
/// A client certificate of which at least one half lies in a file. The files are compared at most every ten seconds, and when
/// the server refuses; while they do not fit together (somebody is replacing them) the last certificate is used on.
/// </summary>
internal sealed class CertificateFileSource(KubeClientConfig config, TimeProvider clock, ILogger logger) : ICredentialSource
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private Reading? _last;

    private string Name => config.ClientCertificateFile ?? config.ClientKeyFile ?? "";

    public ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(_last is { } last && clock.GetElapsedTime(last.CheckedAt) < CheckEvery ? last.Credential : Read().Credential);
        }
    }

    public ValueTask<Credential?> RefreshAsync(Credential refused, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var current = ReferenceEquals(_last?.Credential, refused) ? Read().Credential : _last?.Credential;
            return new(ReferenceEquals(current, refused) ? null : current);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Reading Read()
    {
        try
        {
            var certificate = config.ClientCertificateData.IsEmpty
                ? SmallFile.ReadBytes(config.ClientCertificateFile!)
                : config.ClientCertificateData;
            var key = config.ClientKeyData.IsEmpty ? SmallFile.ReadBytes(config.ClientKeyFile!) : config.ClientKeyData;
            if (_last is { } last && last.IsOf(certificate, key))
            {
                return _last = last with { CheckedAt = clock.GetTimestamp() };
            }

            return _last = Changed(certificate, key);
        }
        catch (Exception e) when (e is KubeConfigException or CryptographicException)
        {
            if (_last is not { } last)
            {
                throw new CredentialException($"cannot use the client certificate {Name}: {e.Message}", e);
            }

            AuthenticationLog.CertificateUnreadable(logger, Name, e.Message);
            return _last = last with { CheckedAt = clock.GetTimestamp() };
        }
    }

    private Reading Changed(ReadOnlyMemory<byte> certificate, ReadOnlyMemory<byte> key)
    {
        var credential = new Credential(null, ClientCertificate.FromPem(certificate.Span, key.Span));
        if (_last is not null)
        {
            AuthenticationLog.CertificateChanged(logger, Name);
        }

        return new Reading(credential, certificate, key, clock.GetTimestamp());
    }

    private sealed record Reading(Credential Credential, ReadOnlyMemory<byte> Certificate, ReadOnlyMemory<byte> Key, long CheckedAt)
    {
        public bool IsOf(ReadOnlyMemory<byte> certificate, ReadOnlyMemory<byte> key) =>
            Certificate.Span.SequenceEqual(certificate.Span) && Key.Span.SequenceEqual(key.Span);
    }
}
