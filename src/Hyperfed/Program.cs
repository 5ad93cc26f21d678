using KubeFed.Hyperfed.Programs;

return await HyperfedProgram.RunAsync(args);
