using System.CommandLine;
using KubeFed.FederationApiServer.Hosting;

// The host of the program handles signals; the command line would end it two seconds after one, whatever is still being served.
return await ApiServerCommand.Build().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
