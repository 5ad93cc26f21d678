using KubeFed.Scale.Options;

return await ScaleCommand.Build().Parse(args).InvokeAsync();
