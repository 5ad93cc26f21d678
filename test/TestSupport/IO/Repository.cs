namespace KubeFed.TestSupport.IO;

/// <summary>Paths of the source tree that the running tests were built from.</summary>
public static class Repository
{
    private static readonly Lazy<string> LazyRoot = new(Find);

    /// <summary>The absolute path of the folder that holds <c>kubefed.slnx</c>.</summary>
    /// <exception cref="InvalidOperationException">The tests run outside of a source tree.</exception>
    public static string Root => LazyRoot.Value;

    /// <summary>The absolute path of something in the repository.</summary>
    /// <param name="parts">Path segments below the root.</param>
    public static string Combine(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>
    /// Turns a compiler-given source path (<c>[CallerFilePath]</c>) into a path on this machine: a deterministic build writes
    /// <c>/_/</c> for the repository's root.
    /// </summary>
    internal static string ResolveSource(string callerFilePath) =>
        callerFilePath.StartsWith("/_/", StringComparison.Ordinal) ? Path.Combine(Root, callerFilePath[3..]) : callerFilePath;

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "kubefed.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no kubefed.slnx above {AppContext.BaseDirectory}");
    }
}
