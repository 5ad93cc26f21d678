using KubeFed.ApiServerRuntime.Standalone.Installation;

namespace KubeFed.DevClusters.Serving;

/// <summary>The data folder of one cluster, which no other process uses meanwhile.</summary>
internal sealed class ClusterFolder : IDisposable
{
    private readonly FileStream _lock;

    private ClusterFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The folder, as an absolute path.</summary>
    public string Path { get; }

    /// <summary>Takes a folder, which is made when it is missing.</summary>
    /// <exception cref="DevClusterException">It cannot be used, or another cluster uses it.</exception>
    public static ClusterFolder Take(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        try
        {
            PrivateFile.CreateFolder(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DevClusterException($"the data folder {full} cannot be made: {e.Message}", e);
        }

        try
        {
            return new ClusterFolder(full, new FileStream(File("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DevClusterException($"the data folder {full} cannot be written: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new DevClusterException($"the data folder {full} is in use by another cluster", e);
        }

        string File(string name) => System.IO.Path.Combine(full, name);
    }

    /// <summary>The path of a file in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Lets others use the folder.</summary>
    public void Dispose() => _lock.Dispose();
}
