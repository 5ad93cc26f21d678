using KubeFed.KubeClient.Authentication;
using KubeFed.KubeClient.Configuration;

namespace KubeFed.KubeClient.Transport;

/// <summary>What a configuration made in code must keep; that of a kubeconfig was checked with file and field already.</summary>
internal static class ConfigCheck
{
    public static void Check(KubeClientConfig config)
    {
        if (!config.Server.IsAbsoluteUri || config.Server.Scheme is not ("http" or "https"))
        {
            throw new KubeConfigException($"the server's address {config.Server} is not an http or https address");
        }

        if (config.SkipTlsVerify && (!config.CertificateAuthorityData.IsEmpty || config.CertificateAuthorityFile is not null))
        {
            throw new KubeConfigException("certificate authorities cannot be given where the certificate is not verified");
        }

        if (config.ProxyUrl is { } proxy && proxy.Scheme is not ("http" or "https" or "socks5" or "socks5h"))
        {
            throw new KubeConfigException($"a proxy must be http, https or socks5, not {proxy.Scheme}");
        }

        var hasCertificate = !config.ClientCertificateData.IsEmpty || config.ClientCertificateFile is not null;
        var hasKey = !config.ClientKeyData.IsEmpty || config.ClientKeyFile is not null;
        if (hasCertificate && !hasKey)
        {
            throw new KubeConfigException("a client certificate is given without its key");
        }

        if (config.Impersonation is { } impersonation)
        {
            ImpersonationHeaders.Check(impersonation);
        }
    }
}
