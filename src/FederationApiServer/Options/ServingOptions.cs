using System.CommandLine;
using System.Net;
using KubeFed.ComponentBase.Options;

namespace KubeFed.FederationApiServer.Options;

/// <summary>The flags that say where and how the API is served.</summary>
internal sealed class ServingOptions : IOptionGroup
{
    private readonly Option<int> _port = Number("--secure-port", 8443, "The port on which the API is served over TLS; 0 for one that the system chooses.");

    private readonly Option<string> _address = new("--bind-address")
    {
        Description = "The IP address to listen on. (default all)",
        HelpName = "address",
        DefaultValueFactory = static _ => string.Empty,
    };

    private readonly Option<string?> _certificate = new("--tls-cert-file")
    {
        Description = "The serving certificate in PEM, read anew when it changes. Default: one made by the server itself.",
        HelpName = "file",
    };

    private readonly Option<string?> _key = new("--tls-private-key-file") { Description = "The key of --tls-cert-file.", HelpName = "file" };

    private readonly Option<string[]> _hosts = new("--tls-san")
    {
        Description = "More names and IP addresses for which a certificate made by the server itself is valid.",
        HelpName = "hosts",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<string?> _secret = new("--certificate-secret")
    {
        Description = "The Secret, in the control plane's namespace, where the replicas share certificates that they make themselves. Default: each has its own, in --data-dir.",
        HelpName = "name",
    };

    private readonly Option<string[]> _apiServices = new("--publish-authority-to")
    {
        Description = "The APIServices whose caBundle is kept to the authorities of --certificate-secret.",
        HelpName = "names",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<TimeSpan> _delay = Flags.Duration(
        "--shutdown-delay-duration", TimeSpan.Zero, "How long to go on serving after readyz turned red, so that balancers notice.");

    private readonly Option<int> _inflight = Number("--max-requests-inflight", 400, "The most reading requests at a time; what is beyond waits, then is told to come back (429).");
    private readonly Option<int> _mutating = Number("--max-mutating-requests-inflight", 200, "The most writing requests at a time.");

    /// <summary>Where to listen.</summary>
    public ListenAddress Address { get; set; } = new(null, 8443);

    /// <summary>The certificate file; null to make one.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>Its key.</summary>
    public string? KeyFile { get; set; }

    /// <summary>More names of a certificate made by ourselves.</summary>
    public IReadOnlyList<string> Hosts { get; set; } = [];

    /// <summary>The Secret of the replicas' own certificates, or null.</summary>
    public string? CertificateSecret { get; set; }

    /// <summary>The APIServices that the authorities are published in.</summary>
    public IReadOnlyList<string> ApiServices { get; set; } = [];

    /// <summary>How long to go on after readyz turned red.</summary>
    public TimeSpan ShutdownDelay { get; set; }

    /// <summary>The most reading requests at a time.</summary>
    public int MaxReading { get; set; } = 400;

    /// <summary>The most writing requests at a time.</summary>
    public int MaxWriting { get; set; } = 200;

    private string BindAddress { get; set; } = string.Empty;

    /// <inheritdoc/>
    public void AddFlags(Command command)
    {
        foreach (var option in new Option[] { _port, _address, _certificate, _key, _hosts, _secret, _apiServices, _delay, _inflight, _mutating })
        {
            command.Options.Add(option);
        }
    }

    /// <inheritdoc/>
    public void Read(ParseResult result)
    {
        BindAddress = result.GetValue(_address)!;
        var any = BindAddress is "" or "0.0.0.0" or "::";
        Address = new ListenAddress(!any && IPAddress.TryParse(BindAddress, out var address) ? address : null, result.GetValue(_port));
        CertificateFile = result.GetValue(_certificate);
        KeyFile = result.GetValue(_key);
        Hosts = Items(result.GetValue(_hosts));
        CertificateSecret = result.GetValue(_secret);
        ApiServices = Items(result.GetValue(_apiServices));
        ShutdownDelay = result.GetValue(_delay);
        MaxReading = result.GetValue(_inflight);
        MaxWriting = result.GetValue(_mutating);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Address.Port is < 0 or > IPEndPoint.MaxPort)
        {
            errors.Add($"--secure-port {Address.Port} is not a port");
        }

        if (BindAddress.Length > 0 && !IPAddress.TryParse(BindAddress, out _))
        {
            errors.Add($"--bind-address {BindAddress} is not an IP address");
        }

        if (CertificateFile is null != KeyFile is null)
        {
            errors.Add("--tls-cert-file and --tls-private-key-file must be set together");
        }

        if (CertificateFile is not null && CertificateSecret is not null)
        {
            errors.Add("--tls-cert-file and --certificate-secret exclude each other");
        }

        if (ApiServices.Count > 0 && CertificateSecret is null)
        {
            errors.Add("--publish-authority-to needs --certificate-secret");
        }

        if (MaxReading <= 0 || MaxWriting <= 0)
        {
            errors.Add("--max-requests-inflight and --max-mutating-requests-inflight must be positive");
        }

        return errors;
    }

    private static string[] Items(string[]? values) =>
        [.. (values ?? []).SelectMany(static value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static Option<int> Number(string name, int defaultValue, string description) => new(name)
    {
        Description = $"{description} (default {defaultValue})",
        HelpName = "number",
        DefaultValueFactory = _ => defaultValue,
    };
}
