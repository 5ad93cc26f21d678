using System.Xml.Linq;
using KubeFed.TestSupport.IO;

namespace KubeFed.Architecture.Tests;

/// <summary>Holds the cut into projects: an arrow that is not allowed fails here, before it becomes a habit.</summary>
[TestFixture]
public sealed class ProjectReferenceTests
{
    private static readonly IReadOnlyList<ProjectFile> Projects = ProjectFile.ReadAll("src", "test", "bench", "samples");

    private static IEnumerable<string> Paths => Projects.Select(project => project.RelativePath);

    [TestCaseSource(nameof(Paths))]
    public void References_OfEachProject_AreAllowed(string path)
    {
        var project = Projects.Single(candidate => candidate.RelativePath == path);
        var allowed = AllowedReferences.Of(project);

        Assert.That(allowed, Is.Not.Null, $"{project.RelativePath} is not a project that the architecture knows: add it to {nameof(AllowedReferences)}");
        Assert.That(project.References, Is.SubsetOf(allowed!), $"{project.RelativePath} refers to what it must not");
    }

    [Test]
    public void Solution_ListsEveryProject_AndNoOther()
    {
        var listed = XDocument.Load(Repository.Combine("kubefed.slnx")).Descendants("Project")
            .Select(project => ((string)project.Attribute("Path")!).Replace('\\', '/'));

        Assert.That(listed, Is.EquivalentTo(Paths));
    }

    [Test]
    public void Sources_EachProject_HasItsTests()
    {
        var untested = Projects.Where(project => project.Folder == "src").Select(project => $"{project.Name}.Tests")
            .Except(Projects.Select(project => project.Name), StringComparer.Ordinal);

        Assert.That(untested, Is.Empty);
    }

    [Test]
    public void Projects_OfTheSources_AreFound()
    {
        Assert.That(Projects.Select(project => project.Name), Is.SupersetOf(["ApiMachinery", "KubeClient", "TestSupport"]));
    }
}
