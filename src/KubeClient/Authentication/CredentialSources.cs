using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using KubeFed.KubeClient.Configuration;
using Microsoft.Extensions.Logging;

namespace KubeFed.KubeClient.Authentication;

/// <summary>Chooses the sources that a configuration asks for.</summary>
internal static class CredentialSources
{
    public static ICredentialSource Create(KubeClientConfig config, TimeProvider clock, ILogger logger)
    {
        var header = HeaderSource(config, clock, logger);
        var certificate = CertificateSource(config, clock, logger);
        return (header, certificate) switch
        {
            (null, null) => new StaticCredentialSource(Credential.None),
            (null, not null) => certificate,
            (not null, null) => header,
            _ => new CompositeCredentialSource(header, certificate),
        };
    }

    private static ICredentialSource? HeaderSource(KubeClientConfig config, TimeProvider clock, ILogger logger)
    {
        if (config.RotatingToken is { } rotating)
        {
            return new RotatingTokenSource(rotating);
        }

        if (config.TokenFile is { } file)
        {
            return new TokenFileSource(file, config.Token, clock, logger);
        }

        if (config.Token is { } token)
        {
            return Static(BearerToken.Header(token, "token"));
        }

        if (config.Username is not null || config.Password is not null)
        {
            var pair = Encoding.UTF8.GetBytes($"{config.Username}:{config.Password}");
            return Static(new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair)));
        }

        return config.Exec is null ? null : new ExecCredentialSource(config, clock, logger);
    }

    private static ICredentialSource? CertificateSource(KubeClientConfig config, TimeProvider clock, ILogger logger)
    {
        if (config.ClientCertificateData.IsEmpty && config.ClientCertificateFile is null)
        {
            return null;
        }

        if (config.ClientCertificateData.IsEmpty || config.ClientKeyData.IsEmpty)
        {
            return new CertificateFileSource(config, clock, logger);
        }

        try
        {
            return new StaticCredentialSource(new Credential(
                null, ClientCertificate.FromPem(config.ClientCertificateData.Span, config.ClientKeyData.Span)));
        }
        catch (CryptographicException e)
        {
            throw new KubeConfigException($"the client certificate cannot be used: {e.Message}", e);
        }
    }

    private static StaticCredentialSource Static(AuthenticationHeaderValue header) => new(new Credential(header, null));
}
