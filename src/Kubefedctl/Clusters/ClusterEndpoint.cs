namespace KubeFed.Kubefedctl.Clusters;

/// <summary>How a cluster's API server is reached, without any credentials.</summary>
internal sealed record ClusterEndpoint
{
    /// <summary>The address as the kubeconfig writes it.</summary>
    public required string Server { get; init; }

    /// <summary>The certificate authorities in PEM form, or empty for those of the system.</summary>
    public ReadOnlyMemory<byte> CaBundle { get; init; }

    /// <summary>Whether the server's certificate is not verified.</summary>
    public bool Insecure { get; init; }

    /// <summary>The name expected in the server's certificate where it is not the address; empty otherwise.</summary>
    public string TlsServerName { get; init; } = "";

    /// <summary>The proxy in front of the server; empty for none.</summary>
    public string ProxyUrl { get; init; } = "";

    /// <summary>Whether the proxy's address carries a user name or password.</summary>
    public bool HasProxyCredentials => Proxy?.UserInfo.Length > 0;

    private Uri? Proxy => Uri.TryCreate(ProxyUrl, UriKind.Absolute, out var proxy) ? proxy : null;

    /// <summary>The same endpoint with the proxy's address alone.</summary>
    public ClusterEndpoint WithoutProxyCredentials() => HasProxyCredentials
        ? this with { ProxyUrl = Proxy!.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped).TrimEnd('/') }
        : this;
}
