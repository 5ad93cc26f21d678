using System.CommandLine;
using KubeFed.FederationControllerManager.Hosting;

// The host of the program handles signals; the command line would end it two seconds after one, whatever is still being done.
return await ControllerManagerCommand.Build().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
