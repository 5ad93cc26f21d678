using KubeFed.Kubefedctl;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;

await using var connector = new KubeconfigConnector(TimeProvider.System);
return await KubefedctlProgram.RunAsync(
    args,
    new CliEnvironment { In = Console.In, Out = Console.Out, Error = Console.Error, Connector = connector });
