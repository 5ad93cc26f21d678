using System.Globalization;
using KubeFed.ApiServerRuntime.Standalone.Installation;

namespace KubeFed.Hyperfed.Playground;

/// <summary>The folder of a playground, which one process at a time has: its kubeconfig, its log, and who it is.</summary>
internal sealed class PlaygroundFolder : IDisposable
{
    private readonly FileStream _lock;

    private PlaygroundFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    public string Kubeconfig => File("kubeconfig");

    public string Log => File("playground.log");

    private string Process => ProcessFile(Path);

    /// <summary>Takes the folder, which is made when it is missing.</summary>
    /// <exception cref="PlaygroundException">It cannot be used, or another playground has it.</exception>
    public static PlaygroundFolder Take(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        try
        {
            PrivateFile.CreateFolder(full);
            var folder = new PlaygroundFolder(full, Hold(full));
            PrivateFile.Write(folder.Process, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlaygroundException($"The folder {full} cannot be used: {e.Message}. Name another with --directory.", e);
        }
    }

    /// <summary>The process that has the folder, or null when none has.</summary>
    public static int? FindOwner(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        if (!System.IO.File.Exists(LockFile(full)))
        {
            return null;
        }

        try
        {
            using var free = Open(full);
            return null;
        }
        catch (IOException)
        {
            return int.TryParse(System.IO.File.ReadAllText(ProcessFile(full)), CultureInfo.InvariantCulture, out int process) ? process : null;
        }
    }

    public void Dispose()
    {
        System.IO.File.Delete(Kubeconfig);
        System.IO.File.Delete(Process);
        _lock.Dispose();
    }

    private static FileStream Hold(string full)
    {
        try
        {
            return Open(full);
        }
        catch (IOException e) when (FindOwner(full) is { } owner)
        {
            throw new PlaygroundException(
                $"A playground is running already (process {owner}). Use it with KUBECONFIG={System.IO.Path.Combine(full, "kubeconfig")}, "
                + "or end it with: hyperfed playground down",
                e);
        }
    }

    private static FileStream Open(string full) => new(LockFile(full), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static string LockFile(string folder) => System.IO.Path.Combine(folder, "lock");

    private static string ProcessFile(string folder) => System.IO.Path.Combine(folder, "process");

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
