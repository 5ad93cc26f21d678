using System.CommandLine;
using KubeFed.ComponentBase.Options;
using KubeFed.FederationApiServer.Hosting;
using KubeFed.FederationControllerManager.Hosting;
using KubeFed.Hyperfed.DevClusters;
using KubeFed.Hyperfed.Playground;
using KubeFed.Kubefedctl;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;

namespace KubeFed.Hyperfed.Programs;

/// <summary>All programs of the federation in one: the first word says which, and the rest is that program's own command line.</summary>
internal static class HyperfedProgram
{
    /// <summary>Runs one command line and returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        // The hosts of the programs handle signals; the command line would end them two seconds after one, whatever is still being done.
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null };
        return arguments switch
        {
            ["apiserver", .. var rest] => await ApiServerCommand.Build().Parse(rest).InvokeAsync(configuration),
            ["controller-manager", .. var rest] => await ControllerManagerCommand.Build().Parse(rest).InvokeAsync(configuration),
            ["kubefedctl", .. var rest] => await RunKubefedctlAsync(rest),
            _ => await CreateRoot().Parse(arguments).InvokeAsync(configuration),
        };
    }

    internal static RootCommand CreateRoot()
    {
        var root = new RootCommand("All programs of a KubeFed.NET federation in one.")
        {
            new Command("apiserver", "The federation's API server."),
            new Command("controller-manager", "The federation's controllers."),
            new Command("kubefedctl", "The command line of the federation."),
            DevClusterCommand.Create(),
            PlaygroundCommand.Create(),
        };
        HelpText.UseGoDefaults(root);
        return root;
    }

    private static async Task<int> RunKubefedctlAsync(string[] arguments)
    {
        await using var connector = new KubeconfigConnector(TimeProvider.System);
        return await KubefedctlProgram.RunAsync(arguments, new CliEnvironment { In = Console.In, Out = Console.Out, Error = Console.Error, Connector = connector });
    }
}
