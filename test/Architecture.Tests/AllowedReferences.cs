namespace KubeFed.Architecture.Tests;

/// <summary>Which project may name which in its project file. What a project reaches through another it need not name.</summary>
internal static class AllowedReferences
{
    private static readonly Dictionary<string, string[]> OfSource = new(StringComparer.Ordinal)
    {
        ["ApiMachinery"] = [],
        ["ComponentBase"] = [],
        ["KubeClient"] = ["ApiMachinery"],
        ["FederationApis"] = ["ApiMachinery"],
        ["ControllerRuntime"] = ["KubeClient", "ComponentBase"],
        ["ApiServerRuntime"] = ["KubeClient", "ComponentBase"],
        ["FederationCore"] = ["FederationApis"],
        ["FederationApiServer"] = ["ApiServerRuntime", "FederationCore"],
        ["FederationControllerManager"] = ["ControllerRuntime", "FederationCore"],
        ["Kubefedctl"] = ["KubeClient", "FederationCore", "ComponentBase"],
        ["DevCluster"] = ["ApiServerRuntime", "ControllerRuntime"],
        ["Hyperfed"] = ["FederationApiServer", "FederationControllerManager", "Kubefedctl", "DevCluster"],
    };

    /// <summary>The projects that this one may name, or null if it is not one that the architecture knows.</summary>
    public static IReadOnlyCollection<string>? Of(ProjectFile project) => project switch
    {
        { Folder: "src" } => OfSource.GetValueOrDefault(project.Name),
        { Name: "TestSupport" } => [],
        { Name: "TestSupport.Tests" or "Architecture.Tests" } => ["TestSupport"],
        { Name: "HelmSupport" } => ["FederationApis", "KubeClient", "TestSupport"],
        { Name: "EmbeddedClusters" } => ["DevCluster", "TestSupport"],
        { Name: "e2e" or "Conformance" } => [.. OfSource.Keys, "TestSupport", "EmbeddedClusters", "HelmSupport"],
        { Folder: "bench" } => [.. OfSource.Keys, "TestSupport"],
        { Folder: "test" } when Tested(project) is { } tested => [tested, "TestSupport"],
        _ => null,
    };

    private static string? Tested(ProjectFile project) =>
        project.Name.EndsWith(".Tests", StringComparison.Ordinal) && OfSource.ContainsKey(project.Name[..^".Tests".Length])
            ? project.Name[..^".Tests".Length]
            : null;
}
