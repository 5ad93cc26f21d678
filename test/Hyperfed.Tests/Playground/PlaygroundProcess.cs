using KubeFed.TestSupport.Processes;

namespace KubeFed.Hyperfed.Tests.Playground;

/// <summary>The program as a person starts it.</summary>
internal static class PlaygroundProcess
{
    public static ProgramFile Program { get; } = new("hyperfed");

    public static Task<ProcessResult> RunAsync(params string[] arguments) =>
        Program.RunAsync(["playground", .. arguments], new ProcessOptions { Timeout = TimeSpan.FromMinutes(4) });
}
