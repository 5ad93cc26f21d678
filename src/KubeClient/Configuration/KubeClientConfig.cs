using System.Reflection;
using System.Runtime.InteropServices;
using KubeFed.KubeClient.Authentication;

namespace KubeFed.KubeClient.Configuration;

/// <summary>
/// All that is needed to talk to one API server. Where both data and a file are given the data counts, as in a kubeconfig;
/// of <see cref="Token"/> and <see cref="TokenFile"/> the file counts as soon as it could be read.
/// </summary>
public sealed record KubeClientConfig
{
    /// <summary>The server's address: http or https, with a path where the API does not lie at the root.</summary>
    public required Uri Server { get; init; }

    /// <summary>PEM certificates of the authorities to trust; empty with no file either means the system's.</summary>
    public ReadOnlyMemory<byte> CertificateAuthorityData { get; init; }

    /// <summary>A PEM file of authorities to trust, read anew when it changes.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>Trusts any certificate: the same as <see cref="DisabledTlsValidations.All"/>.</summary>
    public bool SkipTlsVerify { get; init; }

    /// <summary>Checks of the server's certificate to leave out. Default none.</summary>
    public DisabledTlsValidations DisabledTlsValidations { get; init; }

    /// <summary>The name that the certificate must carry and that is sent as SNI (and as Host), where it is not the address's host.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>A proxy (http, https, socks5) for every request; null leaves it to HTTPS_PROXY, HTTP_PROXY and NO_PROXY.</summary>
    public Uri? ProxyUrl { get; init; }

    /// <summary>Whether answers are asked for without gzip, which is faster inside one network.</summary>
    public bool DisableCompression { get; init; }

    /// <summary>PEM of the client's certificate, intermediates after it.</summary>
    public ReadOnlyMemory<byte> ClientCertificateData { get; init; }

    /// <summary>A PEM file of the client's certificate, read anew when it changes.</summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>PEM of the client certificate's key, not encrypted.</summary>
    public ReadOnlyMemory<byte> ClientKeyData { get; init; }

    /// <summary>A PEM file of the client certificate's key, read anew when it changes.</summary>
    public string? ClientKeyFile { get; init; }

    /// <summary>A bearer token.</summary>
    public string? Token { get; init; }

    /// <summary>A file with a bearer token, read anew every minute and after a 401.</summary>
    public string? TokenFile { get; init; }

    /// <summary>A bearer token that its owner may replace at any time; it counts before the others.</summary>
    public RotatingToken? RotatingToken { get; init; }

    /// <summary>A user's name for basic authentication.</summary>
    public string? Username { get; init; }

    /// <summary>The password for <see cref="Username"/>.</summary>
    public string? Password { get; init; }

    /// <summary>A program that prints credentials, used where no token or password is set.</summary>
    public ExecPluginConfig? Exec { get; init; }

    /// <summary>Who to act as, or null.</summary>
    public Impersonation? Impersonation { get; init; }

    /// <summary>The namespace that a call without one means. Default <c>default</c>.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The User-Agent header; the default names the program, its version and the platform.</summary>
    public string UserAgent { get; init; } = DefaultUserAgent;

    /// <summary>The checks left out, <see cref="SkipTlsVerify"/> included.</summary>
    public DisabledTlsValidations EffectiveDisabledTlsValidations =>
        SkipTlsVerify ? DisabledTlsValidations.All : DisabledTlsValidations;

    private static string DefaultUserAgent { get; } = MakeUserAgent();

    /// <summary>Server and namespace; no credential is ever printed.</summary>
    public override string ToString() => $"{Server} (namespace {Namespace})";

    private static string MakeUserAgent()
    {
        var program = (Assembly.GetEntryAssembly() ?? typeof(KubeClientConfig).Assembly).GetName();
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var architecture = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "amd64",
            var other => other.ToString().ToLowerInvariant(),
        };
        return $"{program.Name}/v{program.Version?.ToString(3)} ({system}/{architecture})";
    }
}
