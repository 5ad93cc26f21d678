using System.Text.Json.Serialization;

namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>How to reach a member cluster.</summary>
public sealed record KubeFedClusterSpec
{
    /// <summary>A spec with nothing set; not valid.</summary>
    public static KubeFedClusterSpec Empty { get; } = new();

    /// <summary>Host, host:port, IP, [IPv6] with or without port, or an http or https URL. <c>https</c> when no scheme is given.</summary>
    public string ApiEndpoint { get; init => field = value ?? ""; } = "";

    /// <summary>PEM certificates that sign the API server's; base64 on the wire. Absent: the system's roots.</summary>
    public ReadOnlyMemory<byte>? CaBundle { get; init; }

    /// <summary>The Secret, in the control plane's namespace, with the key <c>token</c>.</summary>
    public LocalSecretReference SecretRef { get; init => field = value ?? LocalSecretReference.Empty; } = LocalSecretReference.Empty;

    /// <summary>Values of <see cref="TlsValidations"/>; <c>*</c> stands alone. Absent: everything is validated.</summary>
    [JsonPropertyName("disabledTLSValidations")]
    public IReadOnlyList<string>? DisabledTlsValidations { get; init; }

    /// <summary>An http, https or socks5 proxy on the way to the API server; absent: none.</summary>
    [JsonPropertyName("proxyURL")]
    public string? ProxyUrl { get; init; }
}
