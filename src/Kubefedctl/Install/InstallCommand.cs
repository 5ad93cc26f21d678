using System.CommandLine;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.Kubefedctl.Cli;

namespace KubeFed.Kubefedctl.Install;

/// <summary><c>kubefedctl install</c>.</summary>
internal static class InstallCommand
{
    private static readonly Option<string> Scope = CreateScope();

    private static readonly Option<string> Output = OutputFlag.Create("Print the objects as YAML and write nothing.");

    public static Command Create(CliEnvironment environment)
    {
        var command = new DocumentedCommand("install", "Prepare a cluster to be the host")
        {
            Text = """
                Puts into the host cluster what the control plane needs: its namespace, the CustomResourceDefinitions of the federation,
                fitted to the server's version, and the KubeFedConfig "kubefed". Says line by line what was created, updated or unchanged,
                and may be run again at any time, for example after an upgrade. The controller manager itself is not started.
                """,
            Synopsis = "install [flags]",
            Examples =
            [
                "# Make the cluster of the context host the host of a federation\nkubefedctl install --host-cluster-context host",
                "# A federation limited to one namespace of every cluster\nkubefedctl install --kubefed-namespace team-a --scope Namespaced",
                "# Only print the objects\nkubefedctl install -o yaml",
            ],
        };
        command.Options.Add(Scope);
        command.Options.Add(Output);
        command.Run(environment, static (parsed, context, cancellation) => new Installer(context, Read(parsed, context.Settings)).RunAsync(cancellation));
        return command;
    }

    private static InstallOptions Read(ParseResult parsed, GlobalSettings settings) => new()
    {
        Scope = parsed.GetValue(Scope)!,
        Namespace = settings.Namespace,
        PrintYaml = parsed.GetValue(Output) == OutputFlag.Yaml,
        DryRun = settings.DryRun,
    };

    private static Option<string> CreateScope()
    {
        var option = new Option<string>("--scope")
        {
            HelpName = "scope",
            Description = "What the federation spans: Cluster, or Namespaced for only its own namespace in every cluster. When empty, Cluster, or what the present KubeFedConfig says.",
            DefaultValueFactory = static _ => "",
        };
        option.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string>() is { Length: > 0 } scope && scope is not (ResourceScopes.Cluster or ResourceScopes.Namespaced))
            {
                result.AddError($"--scope is Cluster or Namespaced, not \"{scope}\"");
            }
        });
        return option;
    }
}
