using KubeFed.FederationApiServer.Hosting;

return await ApiServerCommand.Build().Parse(args).InvokeAsync();
