namespace KubeFed.TestSupport.Processes;

/// <summary>A program of ours, run as a process of its own as a user would; built next to the tests.</summary>
/// <param name="Name">Its name, without an ending.</param>
public sealed record ProgramFile(string Name)
{
    /// <summary>The command line tool.</summary>
    public static ProgramFile Kubefedctl { get; } = new("kubefedctl");

    /// <summary>The controllers.</summary>
    public static ProgramFile ControllerManager { get; } = new("kubefed-controller-manager");

    /// <summary>The API server.</summary>
    public static ProgramFile ApiServer { get; } = new("kubefed-apiserver");

    /// <summary>Runs the program; of any name, so that it needs no installed runtime besides the one that the tests run on.</summary>
    public static string Host => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    /// <summary>The program's assembly, the first argument to <see cref="Host"/>.</summary>
    public string Assembly => Path.Combine(AppContext.BaseDirectory, $"{Name}.dll");

    /// <summary>Runs it to its end and returns what it printed, whatever its exit code.</summary>
    public Task<ProcessResult> RunAsync(IEnumerable<string> arguments, ProcessOptions options) =>
        ProcessRunner.RunAsync(Host, [Assembly, .. arguments], options);

    /// <summary>Makes it ready to be started in a sandbox.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="name">The process's name in the sandbox, where several run in one; default the program's.</param>
    public ManagedProcess Prepare(ProcessSandbox sandbox, IEnumerable<string> arguments, string? name = null) =>
        sandbox.Prepare(name ?? Name, Host, [Assembly, .. arguments]);
}
