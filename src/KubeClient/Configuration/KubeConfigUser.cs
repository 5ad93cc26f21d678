namespace KubeFed.KubeClient.Configuration;

/// <summary>A user of a kubeconfig: credentials. File names are absolute.</summary>
public sealed record KubeConfigUser
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The file of the client's certificate, or null.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>The client's certificate as PEM.</summary>
    public ReadOnlyMemory<byte> ClientCertificateData { get; init; }

    /// <summary>The file of the certificate's key, or null.</summary>
    public string? ClientKey { get; init; }

    /// <summary>The certificate's key as PEM.</summary>
    public ReadOnlyMemory<byte> ClientKeyData { get; init; }

    /// <summary>A bearer token, or null.</summary>
    public string? Token { get; init; }

    /// <summary>A file with a bearer token, or null.</summary>
    public string? TokenFile { get; init; }

    /// <summary>A user's name for basic authentication, or null.</summary>
    public string? Username { get; init; }

    /// <summary>The password, or null.</summary>
    public string? Password { get; init; }

    /// <summary>Who to act as (<c>as</c>), or null.</summary>
    public string? ImpersonateUser { get; init; }

    /// <summary>The UID to act as (<c>as-uid</c>), or null.</summary>
    public string? ImpersonateUid { get; init; }

    /// <summary>The groups to act as (<c>as-groups</c>).</summary>
    public IReadOnlyList<string> ImpersonateGroups { get; init; } = [];

    /// <summary>The attributes to act with (<c>as-user-extra</c>).</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ImpersonateExtra { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>A program that prints credentials, or null.</summary>
    public ExecPluginConfig? Exec { get; init; }

    /// <summary>The name of an <c>auth-provider</c>, which no client supports any more; null where there is none.</summary>
    public string? AuthProvider { get; init; }

    /// <summary>File and field the entry comes from, for messages.</summary>
    public string Origin { get; init; } = "";

    /// <summary>The name alone: no credential is ever printed.</summary>
    public override string ToString() => $"user \"{Name}\"";
}
