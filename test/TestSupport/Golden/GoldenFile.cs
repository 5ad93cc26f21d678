using System.Runtime.CompilerServices;
using KubeFed.TestSupport.IO;

namespace KubeFed.TestSupport.Golden;

/// <summary>
/// Compares text with a file that is kept beside the test. With <c>UPDATE_GOLDEN=1</c> in the environment the file is written instead of
/// compared, and the change is then judged in review.
/// </summary>
public static class GoldenFile
{
    /// <summary>Asserts that a text equals the golden file of this name, up to line ends.</summary>
    /// <param name="name">The file's path below the folder <c>golden</c> beside the calling source file.</param>
    /// <param name="actual">The text that the code under test made.</param>
    /// <param name="callerFilePath">Filled in by the compiler.</param>
    public static void Match(string name, string actual, [CallerFilePath] string callerFilePath = "")
    {
        var folder = Path.GetDirectoryName(Repository.ResolveSource(callerFilePath))!;
        Compare(Path.Combine(folder, "golden", name), Normalize(actual), Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1");
    }

    internal static void Compare(string path, string actual, bool update)
    {
        if (update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        if (!File.Exists(path))
        {
            Assert.Fail($"{path} does not exist; run with UPDATE_GOLDEN=1 to write it. It would hold:\n{actual}");
        }

        Assert.That(actual, Is.EqualTo(Normalize(File.ReadAllText(path))), $"differs from {path}; UPDATE_GOLDEN=1 accepts the new text");
    }

    private static string Normalize(string text) => text.ReplaceLineEndings("\n");
}
