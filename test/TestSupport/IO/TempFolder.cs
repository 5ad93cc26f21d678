namespace KubeFed.TestSupport.IO;

/// <summary>A new, empty folder below the machine's temp folder that is deleted with all it holds on disposal.</summary>
public sealed class TempFolder : IDisposable
{
    /// <summary>Makes the folder, readable by its owner only.</summary>
    /// <param name="prefix">What the folder's name starts with, so that a person can tell whose it is.</param>
    public TempFolder(string prefix = "kubefed-test-")
    {
        Path = Directory.CreateTempSubdirectory(prefix).FullName;
    }

    /// <summary>The folder's absolute path.</summary>
    public string Path { get; }

    /// <summary>Writes a text file, making the folders on its way.</summary>
    /// <param name="relativePath">Where to write it, below this folder.</param>
    /// <param name="content">What to write.</param>
    /// <returns>The file's absolute path.</returns>
    public string Write(string relativePath, string content)
    {
        var path = Combine(relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>The absolute path of something below this folder, there or not.</summary>
    public string Combine(string relativePath) => System.IO.Path.Combine(Path, relativePath);

    /// <summary>Deletes the folder and all it holds. Does nothing the second time.</summary>
    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
