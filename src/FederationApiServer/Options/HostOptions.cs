using System.CommandLine;
using KubeFed.ComponentBase.Options;
using KubeFed.FederationApis;
using KubeFed.KubeClient.Configuration;

namespace KubeFed.FederationApiServer.Options;

/// <summary>The flags that say behind which cluster the API is served, if any.</summary>
internal sealed class HostOptions : IOptionGroup
{
    private readonly Option<bool> _standalone = new("--standalone")
    {
        Description = "Serve without a host cluster: users, rights, namespaces, secrets and custom types are the server's own.",
    };

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

    private readonly Option<string> _namespace = new("--kubefed-namespace")
    {
        Description = $"The namespace of the control plane. (default {FederationNames.DefaultNamespace})",
        HelpName = "namespace",
        DefaultValueFactory = static _ => FederationNames.DefaultNamespace,
    };

    private readonly Option<string?> _tokens = new("--token-auth-file")
    {
        Description = "A file of lines token,user,uid,\"group1,group2\" that are believed besides other credentials.",
        HelpName = "file",
    };

    private readonly Option<string?> _clientAuthority = new("--client-ca-file")
    {
        Description = "Certificates that sign client certificates, besides the host's.",
        HelpName = "file",
    };

    /// <summary>Whether there is no host cluster.</summary>
    public bool Standalone { get; set; }

    /// <summary>The namespace of the control plane.</summary>
    public string FederationNamespace { get; set; } = FederationNames.DefaultNamespace;

    /// <summary>The file of static tokens, or null.</summary>
    public string? TokenFile { get; set; }

    /// <summary>The file of client authorities, or null.</summary>
    public string? ClientAuthorityFile { get; set; }

    private string? Kubeconfig { get; set; }

    private string? Context { get; set; }

    /// <inheritdoc/>
    public void AddFlags(Command command)
    {
        foreach (var option in new Option[] { _standalone, _kubeconfig, _context, _namespace, _tokens, _clientAuthority })
        {
            command.Options.Add(option);
        }
    }

    /// <inheritdoc/>
    public void Read(ParseResult result)
    {
        Standalone = result.GetValue(_standalone);
        Kubeconfig = result.GetValue(_kubeconfig);
        Context = result.GetValue(_context);
        FederationNamespace = result.GetValue(_namespace)!;
        TokenFile = result.GetValue(_tokens);
        ClientAuthorityFile = result.GetValue(_clientAuthority);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate() =>
        Standalone && (Kubeconfig is not null || Context is not null)
            ? ["--standalone means that there is no host cluster: leave --kubeconfig and --host-cluster-context out"]
            : [];

    /// <summary>The connection to the host.</summary>
    /// <exception cref="KubeConfigException">There is none; the message says why.</exception>
    public KubeClientConfig LoadClientConfig() => KubeConfigLoader.Load(new KubeConfigOptions { Path = Kubeconfig, Context = Context });
}
