using System.Xml.Linq;
using KubeFed.TestSupport.IO;

namespace KubeFed.Architecture.Tests;

/// <summary>What a project file says, read as XML: no build is needed.</summary>
internal sealed record ProjectFile(string Name, string Folder, string RelativePath, IReadOnlyList<string> References)
{
    /// <summary>All projects below the given top folders.</summary>
    public static IReadOnlyList<ProjectFile> ReadAll(params IEnumerable<string> topFolders) =>
        [.. topFolders.Select(folder => Repository.Combine(folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(Read)];

    private static ProjectFile Read(string path)
    {
        var relative = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
        var references = XDocument.Load(path).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));
        return new ProjectFile(Path.GetFileNameWithoutExtension(path), relative.Split('/')[0], relative, [.. references]);
    }
}
