namespace KubeFed.KubeClient.Configuration;

/// <summary>A cluster of a kubeconfig. File names are absolute.</summary>
public sealed record KubeConfigCluster
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The server's address as written.</summary>
    public string Server { get; init; } = "";

    /// <summary>The file of authorities, or null.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>The authorities as PEM.</summary>
    public ReadOnlyMemory<byte> CertificateAuthorityData { get; init; }

    /// <summary>Whether any certificate is trusted.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>The name the server's certificate must carry, or null.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>The proxy as written, or null.</summary>
    public string? ProxyUrl { get; init; }

    /// <summary>Whether answers are asked for without gzip.</summary>
    public bool DisableCompression { get; init; }

    /// <summary>The JSON of the extension <c>client.authentication.k8s.io/exec</c>, or null.</summary>
    public string? ExecConfigJson { get; init; }

    /// <summary>File and field the entry comes from, for messages.</summary>
    public string Origin { get; init; } = "";
}
