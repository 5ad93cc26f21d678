using System.CommandLine;
using KubeFed.ComponentBase.Logging;
using KubeFed.ComponentBase.Options;
using KubeFed.FederationControllerManager.Webhooks;
using KubeFed.KubeClient.Configuration;

namespace KubeFed.FederationControllerManager.Hosting;

/// <summary>The flags of the controller manager.</summary>
internal sealed class ControllerManagerOptions : IOptionGroup
{
    private readonly Option<string?> _kubeconfig = new("--kubeconfig")
    {
        Description = "The kubeconfig of the host cluster. Default: KUBECONFIG, ~/.kube/config, then the pod's service account.",
        HelpName = "file",
    };

    private readonly Option<string?> _context = new("--host-cluster-context")
    {
        Description = "The context of the kubeconfig to use. Default: its current context.",
        HelpName = "context",
    };

    private readonly Option<string?> _master = new("--master")
    {
        Description = "The address of the host's API server, instead of the kubeconfig's.",
        HelpName = "url",
    };

    private readonly Option<string?> _namespace = new("--kubefed-namespace")
    {
        Description = "The namespace of the control plane. Default: the pod's namespace; outside of a pod it must be set.",
        HelpName = "namespace",
    };

    private readonly Option<string?> _bootstrap = new("--bootstrap-manifests")
    {
        Description = "A folder of manifests (*.yaml) that the control plane begins with: its KubeFedConfig, applied at every start, and the FederatedTypeConfigs to create before there is one.",
        HelpName = "folder",
    };

    private readonly Option<float?> _qps = new("--rest-config-qps")
    {
        Description = "Accepted for compatibility, without effect: requests are not limited by a fixed rate.",
        HelpName = "number",
    };

    private readonly Option<int?> _burst = new("--rest-config-burst")
    {
        Description = "Accepted for compatibility, without effect.",
        HelpName = "number",
    };

    /// <summary>The kubeconfig file, or null.</summary>
    public string? Kubeconfig { get; set; }

    /// <summary>The context of it, or null for the current.</summary>
    public string? Context { get; set; }

    /// <summary>The address of the API server, or null for the kubeconfig's.</summary>
    public string? Master { get; set; }

    /// <summary>The namespace of the control plane, or null for the pod's.</summary>
    public string? FederationNamespace { get; set; }

    /// <summary>The folder of what the control plane begins with, or null.</summary>
    public string? BootstrapFolder { get; set; }

    /// <summary>Where health and metrics are served.</summary>
    public EndpointOptions Endpoints { get; } = new();

    /// <summary>Whether and how a validating webhook is served.</summary>
    public WebhookOptions Webhook { get; } = new();

    /// <summary>What is logged.</summary>
    public LoggingOptions Logging { get; } = new();

    /// <inheritdoc/>
    public void AddFlags(Command command)
    {
        command.Options.Add(_kubeconfig);
        command.Options.Add(_context);
        command.Options.Add(_master);
        command.Options.Add(_namespace);
        command.Options.Add(_bootstrap);
        command.Options.Add(_qps);
        command.Options.Add(_burst);
        OptionGroups.AddFlags(command, Endpoints, Webhook, Logging);
    }

    /// <inheritdoc/>
    public void Read(ParseResult result)
    {
        Kubeconfig = result.GetValue(_kubeconfig);
        Context = result.GetValue(_context);
        Master = result.GetValue(_master);
        FederationNamespace = result.GetValue(_namespace);
        BootstrapFolder = result.GetValue(_bootstrap);
        Endpoints.Read(result);
        Webhook.Read(result);
        Logging.Read(result);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate() => [.. Endpoints.Validate(), .. Webhook.Validate(), .. Logging.Validate()];

    /// <summary>The connection to the host that the flags mean.</summary>
    /// <exception cref="KubeConfigException">There is none; the message says why.</exception>
    public KubeClientConfig LoadClientConfig() =>
        KubeConfigLoader.Load(new KubeConfigOptions { Path = Kubeconfig, Context = Context, Server = Master });
}
