using System.Globalization;
using KubeFed.ApiServerRuntime.Standalone.Installation;

namespace KubeFed.Hyperfed.Playground;

/// <summary>
/// The folder of a playground, which one process at a time has: its kubeconfig, its log, and who it is. The system gives it free when the
/// process ends in whatever way; what a killed one left is overwritten by the next.
/// </summary>
internal sealed class PlaygroundFolder : IDisposable
{
    private readonly FileStream _lock;
    private readonly bool _made;

    private PlaygroundFolder(string path, bool made, FileStream held)
    {
        Path = path;
        _made = made;
        _lock = held;
    }

    public string Path { get; }

    public string Kubeconfig => KubeconfigFile(Path);

    public string Log => LogFile(Path);

    /// <summary>A folder for files of the playground's own, which is not there yet.</summary>
    public string Data => DataFolder(Path);

    /// <summary>Takes the folder, which is made when it is missing.</summary>
    /// <exception cref="PlaygroundException">It cannot be used, or another playground has it.</exception>
    public static PlaygroundFolder Take(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        try
        {
            bool made = !Directory.Exists(full);
            PrivateFile.CreateFolder(full);
            var folder = new PlaygroundFolder(full, made, Hold(full));
            folder.DeleteFiles();
            PrivateFile.Write(ProcessFile(full), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlaygroundException($"The folder {full} cannot be used: {e.Message.TrimEnd('.')}. Name another with --directory.", e);
        }
    }

    /// <summary>The process that has the folder, or null when none has.</summary>
    public static int? FindOwner(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        return IsHeld(full) && File.Exists(ProcessFile(full)) && int.TryParse(File.ReadAllText(ProcessFile(full)), CultureInfo.InvariantCulture, out int process)
            ? process
            : null;
    }

    /// <summary>Whether a process has the folder. When none has it any more, its files are gone.</summary>
    public static bool IsHeld(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        if (!File.Exists(LockFile(full)))
        {
            return false;
        }

        try
        {
            using var free = Open(full);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Removes what a playground left that was killed.</summary>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="PlaygroundException">The folder cannot be used, or a playground has it.</exception>
    public static bool Sweep(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        if (!File.Exists(ProcessFile(full)))
        {
            return false;
        }

        using var folder = Take(full);
        folder.Clear();
        return true;
    }

    /// <summary>A new log, for the user of the process alone.</summary>
    public StreamWriter OpenLog()
    {
        PrivateFile.Write(Log, string.Empty);
        return new StreamWriter(new FileStream(Log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
    }

    /// <summary>Removes the files that <see cref="Dispose"/> leaves, for a playground of which nobody needs to read.</summary>
    public void Clear()
    {
        File.Delete(Log);
        DeleteFiles();
        File.Delete(LockFile(Path));
        _lock.Dispose();
        if (_made && !Directory.EnumerateFileSystemEntries(Path).Any())
        {
            Directory.Delete(Path);
        }
    }

    /// <summary>Lets others have the folder. The log stays, all other files go.</summary>
    public void Dispose()
    {
        if (_lock.CanWrite)
        {
            DeleteFiles();
            _lock.Dispose();
        }
    }

    private void DeleteFiles()
    {
        File.Delete(Kubeconfig);
        File.Delete(ProcessFile(Path));
        if (Directory.Exists(Data))
        {
            Directory.Delete(Data, recursive: true);
        }
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
                $"A playground is running already (process {owner}). Use it with KUBECONFIG={KubeconfigFile(full)}, or end it with: {Invocation.Down(full)}",
                e);
        }
    }

    private static FileStream Open(string full) => new(LockFile(full), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static string LockFile(string folder) => System.IO.Path.Combine(folder, "lock");

    private static string ProcessFile(string folder) => System.IO.Path.Combine(folder, "process");

    private static string KubeconfigFile(string folder) => System.IO.Path.Combine(folder, "kubeconfig");

    private static string DataFolder(string folder) => System.IO.Path.Combine(folder, "data");

    private static string LogFile(string folder) => System.IO.Path.Combine(folder, "playground.log");
}
