using System.CommandLine;
using KubeFed.ComponentBase.Options;

namespace KubeFed.FederationControllerManager.Webhooks;

/// <summary>The flags of the validating webhook.</summary>
internal sealed class WebhookOptions : IOptionGroup
{
    private const string DefaultConfiguration = "validations.core.kubefed.io";
    private const string DefaultSecret = "kubefed-admission-webhook-serving-cert";

    private readonly Option<string> _address = Flags.Address(
        "--webhook-addr",
        null,
        "Where a validating webhook is served over TLS, for hosts that keep the federation's types as CustomResourceDefinitions and are too old for their rules; 0 for nowhere.");

    private readonly Option<string> _configuration = new("--webhook-configuration")
    {
        Description = "The ValidatingWebhookConfiguration whose caBundle is kept to the authorities of the webhook's certificate.",
        HelpName = "name",
        DefaultValueFactory = static _ => DefaultConfiguration,
    };

    private readonly Option<string> _secret = new("--webhook-certificate-secret")
    {
        Description = "The Secret, in the control plane's namespace, where the replicas share the webhook's certificates, which they make themselves.",
        HelpName = "name",
        DefaultValueFactory = static _ => DefaultSecret,
    };

    private readonly Option<string[]> _hosts = new("--webhook-san")
    {
        Description = "More names and IP addresses that the webhook's certificate is for, besides kubefed-admission-webhook.NAMESPACE.svc.",
        HelpName = "hosts",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static _ => [],
    };

    /// <summary>Where it is served; null for nowhere.</summary>
    public ListenAddress? Address { get; set; }

    /// <summary>Where the authorities are published.</summary>
    public string Configuration { get; set; } = DefaultConfiguration;

    /// <summary>The Secret of the certificates.</summary>
    public string Secret { get; set; } = DefaultSecret;

    /// <summary>More names that the certificate is for.</summary>
    public IReadOnlyList<string> Hosts { get; set; } = [];

    /// <inheritdoc/>
    public void AddFlags(Command command)
    {
        foreach (var option in new Option[] { _address, _configuration, _secret, _hosts })
        {
            command.Options.Add(option);
        }
    }

    /// <inheritdoc/>
    public void Read(ParseResult result)
    {
        Address = result.GetAddress(_address);
        Configuration = result.GetValue(_configuration)!;
        Secret = result.GetValue(_secret)!;
        Hosts = result.GetValue(_hosts)!;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate() => [];
}
