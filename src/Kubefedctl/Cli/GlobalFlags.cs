using System.CommandLine;
using System.Globalization;

namespace KubeFed.Kubefedctl.Cli;

/// <summary>The flags that every command takes.</summary>
internal static class GlobalFlags
{
    public const string DefaultNamespace = "kube-federation-system";

    public static readonly Option<string> Kubeconfig = new("--kubeconfig")
    {
        HelpName = "file",
        Description = "The kubeconfig file with the contexts of all clusters. When empty, the files of $KUBECONFIG, else ~/.kube/config.",
        DefaultValueFactory = static _ => "",
        Recursive = true,
    };

    public static readonly Option<string> HostContext = new("--host-cluster-context")
    {
        HelpName = "context",
        Description = "The context of the host cluster, which runs the control plane. When empty, the current context.",
        DefaultValueFactory = static _ => "",
        Recursive = true,
    };

    public static readonly Option<string> Namespace = new("--kubefed-namespace")
    {
        HelpName = "namespace",
        Description = "The namespace of the control plane on the host, and of its credentials on every member.",
        DefaultValueFactory = static _ => DefaultNamespace,
        Recursive = true,
    };

    public static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Say what would be done and change nothing.",
        DefaultValueFactory = static _ => false,
        Recursive = true,
    };

    public static readonly Option<int> Verbosity = new("--v", "-v")
    {
        HelpName = "level",
        Description = "How much to tell on stderr: from 6 on, errors carry their details.",
        DefaultValueFactory = static _ => 0,
        CustomParser = static result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var level))
            {
                return level;
            }

            result.AddError($"--v takes a number, not \"{text}\"");
            return 0;
        },
        Recursive = true,
    };

    public static IReadOnlyList<Option> All { get; } = [Kubeconfig, HostContext, Namespace, DryRun, Verbosity];

    public static GlobalSettings Read(ParseResult parsed) => new()
    {
        Kubeconfig = parsed.GetValue(Kubeconfig)!,
        HostContext = parsed.GetValue(HostContext)!,
        Namespace = parsed.GetValue(Namespace)!,
        DryRun = parsed.GetValue(DryRun),
        Verbosity = parsed.GetValue(Verbosity),
    };
}
