using KubeFed.FederationControllerManager.Hosting;

return await ControllerManagerCommand.Build().Parse(args).InvokeAsync();
