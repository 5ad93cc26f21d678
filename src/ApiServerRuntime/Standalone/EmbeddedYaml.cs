using System.Reflection;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Yaml;

namespace KubeFed.ApiServerRuntime.Standalone;

/// <summary>The YAML files that an assembly carries as resources.</summary>
public static class EmbeddedYaml
{
    /// <summary>All documents of the files whose name begins so, in the order of the names.</summary>
    public static IEnumerable<JsonObject> Read(Assembly assembly, string folder)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .SelectMany(name => ReadFile(assembly, name));
    }

    private static IEnumerable<JsonObject> ReadFile(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return [.. KubeYaml.ReadDocuments(reader.ReadToEnd()).Select(static document => document.AsObject())];
    }
}
